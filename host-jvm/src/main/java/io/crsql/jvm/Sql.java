package io.crsql.jvm;

import io.crsql.sqlite.SqliteException;
import java.nio.charset.StandardCharsets;

/** From SQL text to a statement. */
final class Sql {
  private Sql() {}

  /** Prepares the one statement that {@code sql} is; text after it would be lost, so refuse it. */
  static JvmStmt prepare(long db, String sql, int flags) {
    byte[] text = sql.getBytes(StandardCharsets.UTF_8);
    long stmtOut = Mem.allocate(text.length + 17);
    long tailOut = stmtOut + 8;
    long start = stmtOut + 16;
    try {
      Mem.write(start, text);
      long stmt = prepare(db, start, text.length, flags, stmtOut, tailOut);
      if (stmt == 0) {
        throw new SqliteException(Sqlite.MISUSE, "no statement in: " + sql);
      }
      JvmStmt prepared = new JvmStmt(db, stmt);
      try {
        refuseSecond(db, start + text.length, stmtOut, tailOut, sql);
      } catch (SqliteException e) {
        prepared.close();
        throw e;
      }
      return prepared;
    } finally {
      Sqlite.sqlite3_free(stmtOut);
    }
  }

  private static void refuseSecond(long db, long end, long stmtOut, long tailOut, String sql) {
    long tail = Mem.getLong(tailOut);
    if (tail == end) {
      return;
    }
    long second = prepare(db, tail, (int) (end - tail), 0, stmtOut, tailOut);
    if (second != 0) {
      Sqlite.sqlite3_finalize(second);
      throw new SqliteException(Sqlite.MISUSE, "more than one statement in: " + sql);
    }
  }

  private static long prepare(
      long db, long text, int bytes, int flags, long stmtOut, long tailOut) {
    Failures.check(db, Sqlite.sqlite3_prepare_v3(db, text, bytes, flags, stmtOut, tailOut));
    return Mem.getLong(stmtOut);
  }
}
