package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;

/** Whether a table can be replicated; if not, why and what to do. */
final class Fitness {
  private Fitness() {}

  /**
   * Throws the refusal of a table that cannot be a CRR.
   *
   * @param registeredName the name after which its triggers are named, if it has any
   */
  static void check(Schema schema, Catalog table, String registeredName) {
    String shown = Names.shown(table.name);
    if (Names.reserved(table.name)) {
      throw refusal(shown + " is one of SQLite's or crsql's own tables; name a table of yours");
    }
    if (table.type.equals("view")) {
      throw refusal(shown + " is a view; name the tables that it reads");
    }
    if (Names.asciiLower(table.sql).startsWith("create virtual")) {
      throw refusal(
          shown + " is a virtual table; replicate an ordinary table and fill this one by triggers");
    }
    if (table.shadow) {
      throw refusal(shown + " is the storage of a virtual table; replicate an ordinary table");
    }
    for (Catalog.Trigger trigger : table.triggers) {
      if (Capture.isOfAnother(trigger.name(), registeredName)) {
        throw refusal(
            shown
                + " has the capture trigger "
                + Names.shown(trigger.name())
                + " of a replicated table that this file does not know; drop it");
      }
    }
    if (table.key.isEmpty()) {
      throw refusal(
          shown
              + " has no PRIMARY KEY, so its rows have no identity that replicas share;"
              + " create it with one");
    }
    if (!table.unique.isEmpty()) {
      throw refusal(
          shown
              + " has the UNIQUE index "
              + Names.shown(table.unique.get(0))
              + ", which replicas writing apart cannot uphold; make it a plain index");
    }
    if (table.foreignKeys) {
      throw refusal(
          shown
              + " has a FOREIGN KEY, which replicas writing apart cannot uphold;"
              + " keep the column and drop the constraint");
    }
    checkKeys(schema, table, shown);
  }

  private static void checkKeys(Schema schema, Catalog table, String shown) {
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
      return;
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
        throw refusal(
            shown
                + " has "
                + stmt.getLong(0)
                + " row(s) with a NULL in the PRIMARY KEY, which identifies nothing;"
                + " give them a key or delete them");
      }
    }
  }

  private static SqliteException refusal(String reason) {
    return new SqliteException(SqliteException.ERROR, "crsql_as_crr: " + reason);
  }
}
