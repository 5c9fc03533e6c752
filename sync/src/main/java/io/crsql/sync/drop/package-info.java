/**
 * Sync through a folder that others carry about, and without a server: {@link
 * io.crsql.sync.drop.FileDrop}. The format is specified in docs/file-drop.md.
 */
package io.crsql.sync.drop;
