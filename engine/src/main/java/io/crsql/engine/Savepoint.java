package io.crsql.engine;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;

/** Runs statements all or none, and in the caller's transaction if there is one. */
final class Savepoint {
  private static final String OWN = "crsql";

  /**
   * Open while tables are being altered, once for each. All have one name, so that any of the
   * tables may be done first.
   */
  private static final String ALTERING = "crsql_alter";

  private Savepoint() {}

  /**
   * Runs them.
   *
   * @param function the SQL function that does, for its error messages
   */
  static void run(Db db, String function, Runnable statements) {
    run(db, function, statements, OWN);
  }

  /** Runs them and leaves a savepoint open; with it a transaction, if the caller has none. */
  static void runAndOpen(Db db, String function, Runnable statements) {
    boolean alone = db.autocommit();
    open(db, function, ALTERING);
    try {
      run(db, function, statements);
    } catch (RuntimeException | Error e) {
      undo(db, ALTERING, alone);
      throw e;
    }
  }

  /** Runs them and releases a savepoint that {@link #runAndOpen} left, if it is still open. */
  static void runAndRelease(Db db, String function, Runnable statements) {
    try {
      run(db, function, statements, ALTERING);
    } catch (SqliteException e) {
      if (!e.getMessage().startsWith("no such savepoint")) {
        throw e;
      }
      // The caller has released it with one of his own.
      run(db, function, statements);
    }
  }

  private static void run(Db db, String function, Runnable statements, String last) {
    boolean alone = db.autocommit();
    open(db, function, OWN);
    try {
      statements.run();
      db.exec("RELEASE " + last);
    } catch (RuntimeException | Error e) {
      // Even the RELEASE may have failed, and left a transaction that the caller never began.
      undo(db, OWN, alone);
      throw e;
    }
  }

  private static void open(Db db, String function, String name) {
    try {
      db.exec("SAVEPOINT " + name);
    } catch (SqliteException e) {
      throw new SqliteException(
          e.code(), function + ": call it in a SELECT of its own; " + e.getMessage());
    }
  }

  private static void undo(Db db, String name, boolean alone) {
    if (db.autocommit()) {
      // A trigger of the user's has rolled everything back.
      return;
    }
    if (alone) {
      db.exec("ROLLBACK");
    } else {
      db.exec("ROLLBACK TO " + name);
      db.exec("RELEASE " + name);
    }
  }
}
