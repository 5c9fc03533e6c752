/**
 * What a replicated table looks like: read from SQLite's catalogue, checked for fitness, turned
 * into capture triggers.
 */
package io.crsql.engine.schema;
