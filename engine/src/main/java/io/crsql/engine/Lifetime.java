package io.crsql.engine;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.VirtualTable;

/**
 * Learns that the connection closes, so that cached statements can be finalised in time:
 * sqlite3_close() disconnects virtual tables before it looks for statements that are still there.
 * No cached statement may use this table.
 */
final class Lifetime implements VirtualTable {
  private static final String NAME = "crsql_lifetime";

  private final Runnable end;

  private Lifetime(Runnable end) {
    this.end = end;
  }

  /** Calls {@code end} when the connection closes. */
  static void watch(Db db, Runnable end) {
    db.table(NAME, false, new Lifetime(end));
    // Preparing a statement connects the table.
    try (Stmt stmt = db.prepare("SELECT 1 FROM " + NAME)) {
      stmt.reset();
    }
  }

  @Override
  public String declaration() {
    return "CREATE TABLE x(unused)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    info.plan(0, 1, 0, false);
  }

  @Override
  public Cursor open() {
    throw new SqliteException(SqliteException.ERROR, NAME + ": there is nothing to read");
  }

  @Override
  public void disconnect() {
    end.run();
  }
}
