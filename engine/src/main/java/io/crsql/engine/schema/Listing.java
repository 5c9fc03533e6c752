package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the tables and triggers of a schema stand in sqlite_schema, which has no index: with
 * thousands of tables, a search for each of them would take as long as the square of their number.
 */
final class Listing {
  /** The rowids of a table and its triggers, joined by commas, by its name in lower case. */
  private final Map<String, String> rowids = new HashMap<>();

  /** Reads it. */
  Listing(Schema schema) {
    try (Stmt stmt =
        schema.prepare(
            "SELECT group_concat(rowid), tbl_name FROM "
                + schema.of("sqlite_schema")
                + " WHERE type <> 'index' GROUP BY tbl_name COLLATE NOCASE")) {
      while (stmt.step()) {
        rowids.put(Names.asciiLower(stmt.getText(1)), stmt.getText(0));
      }
    }
  }

  /** The rowids of a table and its triggers, joined by commas; empty if there is none. */
  String rowids(String table) {
    return rowids.getOrDefault(Names.asciiLower(table), "");
  }
}
