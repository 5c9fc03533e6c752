/**
 * Changesets and version vectors as docs/changeset-format.md specifies them, written from that page
 * alone: what the engine takes and makes is compared with them.
 */
package io.crsql.conformance.changeset;
