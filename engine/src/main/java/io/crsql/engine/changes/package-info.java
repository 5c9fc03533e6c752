/**
 * {@code crsql_changes}: a database's current cells and deletions to read, and the place to merge
 * others.
 */
package io.crsql.engine.changes;
