/** Changesets and version vectors, as docs/changeset-format.md specifies them. */
package io.crsql.engine.changeset;
