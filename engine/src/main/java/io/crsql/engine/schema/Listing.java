package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the tables and triggers of a schema stand in sqlite_schema, which has no index: with
 * thousands of tables, a search for each of them would take as long as the square of their number.
 */
final class Listing {
  private final Map<String, Long> tables = new HashMap<>();
  private final Map<String, List<Long>> triggers = new HashMap<>();

  /** Reads it. */
  Listing(Schema schema) {
    try (Stmt stmt =
        schema.prepare(
            "SELECT rowid, type, tbl_name FROM "
                + schema.of("sqlite_schema")
                + " WHERE type <> 'index' ORDER BY rowid")) {
      while (stmt.step()) {
        String table = Names.asciiLower(stmt.getText(2));
        if (stmt.getText(1).equals("trigger")) {
          triggers.computeIfAbsent(table, k -> new ArrayList<>()).add(stmt.getLong(0));
        } else {
          tables.put(table, stmt.getLong(0));
        }
      }
    }
  }

  /** The rowid of a table or view of that name, in any case; null if there is none. */
  Long table(String name) {
    return tables.get(Names.asciiLower(name));
  }

  /** The rowids of its triggers, in the order in which they were made. */
  List<Long> triggers(String table) {
    return triggers.getOrDefault(Names.asciiLower(table), List.of());
  }
}
