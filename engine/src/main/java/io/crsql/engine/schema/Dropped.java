package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;

/**
 * The tables and columns that were replicated and are not any longer. What was in them is gone
 * although the version vector still covers it: once one of that name is replicated again, the
 * vector begins anew, so that peers send everything once more. Nothing can be said any more of own
 * writes then, since peers may have had some that are gone here.
 */
public final class Dropped {
  private static final String WHOLE_TABLE = "";

  private final Schema schema;

  Dropped(Schema schema) {
    this.schema = schema;
  }

  /** Whether there is any. */
  public static boolean any(Schema schema) {
    try (Stmt stmt = schema.prepare("SELECT 1 FROM " + schema.of("crsql_dropped") + " LIMIT 1")) {
      return stmt.step();
    }
  }

  /** Notes a table. */
  void table(String table) {
    column(table, WHOLE_TABLE);
  }

  /** Notes a column. */
  void column(String table, String column) {
    run("INSERT OR IGNORE INTO " + list() + "(tbl, col) VALUES(?1, ?2)", table, column);
  }

  /** A table is replicated from now on. */
  void tableCame(String table) {
    columnCame(table, WHOLE_TABLE);
  }

  /** A column is replicated from now on. */
  void columnCame(String table, String column) {
    if (run("DELETE FROM " + list() + " WHERE tbl = ?1 AND col = ?2 RETURNING 1", table, column)) {
      schema.exec("UPDATE " + schema.of("crsql_sites") + " SET version = id = 0, arrival = 0");
    }
  }

  private String list() {
    return schema.of("crsql_dropped");
  }

  private boolean run(String sql, String table, String column) {
    try (Stmt stmt = schema.prepare(sql)) {
      stmt.bindText(1, table);
      stmt.bindText(2, column);
      return stmt.step();
    }
  }
}
