package io.crsql.engine;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;

/** Runs statements all or none, and in the caller's transaction if there is one. */
final class Savepoint {
  private Savepoint() {}

  /**
   * Runs them.
   *
   * @param function the SQL function that does, for its error messages
   */
  static void run(Db db, String function, Runnable statements) {
    boolean alone = db.autocommit();
    try {
      db.exec("SAVEPOINT crsql");
    } catch (SqliteException e) {
      throw new SqliteException(
          e.code(), function + ": call it in a SELECT of its own; " + e.getMessage());
    }
    try {
      statements.run();
      db.exec("RELEASE crsql");
    } catch (RuntimeException | Error e) {
      // Even the RELEASE may have failed, and left a transaction that the caller never began.
      if (alone) {
        db.exec("ROLLBACK");
      } else {
        db.exec("ROLLBACK TO crsql");
        db.exec("RELEASE crsql");
      }
      throw e;
    }
  }
}
