package io.crsql.conformance.model;

import java.util.List;

/**
 * A row's identity: keys that are spelled differently but equal to SQLite have the same.
 *
 * @param table the table's name
 * @param key the identities of the key's values
 */
public record RowId(String table, List<Object> key) {}
