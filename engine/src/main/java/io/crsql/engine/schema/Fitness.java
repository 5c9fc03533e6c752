package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;

/** Whether a table can be replicated; if not, why and what to do. */
final class Fitness {
  private Fitness() {}

  /**
   * Throws the refusal of a table that cannot be a CRR.
   *
   * @param function the SQL function that refuses
   * @param row how the table is registered; null if it is not
   */
  static void check(String function, Schema schema, Catalog table, Registration row) {
    String reason = shape(table, row == null ? table.name : row.name());
    if (reason == null && (row == null || row.hasLostTriggers(schema, table))) {
      // Otherwise the triggers have seen to it.
      reason = keys(schema, table);
    }
    if (reason != null) {
      throw new SqliteException(
          SqliteException.ERROR, function + ": " + schema.shown(table.name) + reason);
    }
  }

  private static String shape(Catalog table, String registeredName) {
    if (Names.reserved(table.name)) {
      return " is one of SQLite's or crsql's own tables; name a table of yours";
    }
    if (table.type.equals("view")) {
      return " is a view; name the tables that it reads";
    }
    if (Names.asciiLower(table.sql).startsWith("create virtual")) {
      return " is a virtual table; replicate an ordinary table and fill this one by triggers";
    }
    if (table.shadow) {
      return " is the storage of a virtual table; replicate an ordinary table";
    }
    for (Catalog.Trigger trigger : table.triggers) {
      if (Capture.isOfAnother(trigger.name(), registeredName)) {
        return " has the capture trigger "
            + Names.shown(trigger.name())
            + " of a replicated table that this file does not know; drop it";
      }
    }
    if (table.key.isEmpty()) {
      return " has no PRIMARY KEY, so its rows have no identity that replicas share;"
          + " create it with one";
    }
    if (!table.unique.isEmpty()) {
      return " has the UNIQUE index "
          + Names.shown(table.unique.get(0))
          + ", which replicas writing apart cannot uphold; make it a plain index";
    }
    if (table.foreignKeys) {
      return " has a FOREIGN KEY, which replicas writing apart cannot uphold;"
          + " keep the column and drop the constraint";
    }
    return null;
  }

  private static String keys(Schema schema, Catalog table) {
    StringBuilder anyNull = new StringBuilder();
    for (KeyColumn column : table.key) {
      if (column.nullable()) {
        anyNull
            .append(anyNull.length() == 0 ? "" : " OR ")
            .append(column.quoted())
            .append(" IS NULL");
      }
    }
    if (anyNull.length() == 0) {
      return null;
    }
    String query =
        "SELECT count(*) FROM "
            + schema.of(Names.quote(table.name))
            + " WHERE "
            + anyNull
            + " LIMIT 1";
    try (Stmt stmt = schema.prepare(query)) {
      stmt.step();
      if (stmt.getLong(0) > 0) {
        return " has "
            + stmt.getLong(0)
            + " row(s) with a NULL in the PRIMARY KEY, which identifies nothing;"
            + " give them a key or delete them";
      }
    }
    return null;
  }
}
