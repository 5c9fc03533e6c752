package io.crsql.jvm;

import io.crsql.sqlite.Failure;
import io.crsql.sqlite.SqliteException;

/**
 * How an exception crosses SQLite: as a result code and a message. What is not a {@link
 * SqliteException} is a mistake of ours; its stack trace is kept for the test that runs on the same
 * thread.
 */
final class Failures {
  private static final ThreadLocal<Throwable> INTERNAL = new ThreadLocal<>();

  private Failures() {}

  /** The result code for {@code failure}; keeps it if it is an internal error. */
  static int code(Throwable failure) {
    if (!(failure instanceof SqliteException)) {
      keep(failure);
    }
    return Failure.code(failure);
  }

  /** The first internal error on this thread since the last call, or null. */
  static Throwable takeInternal() {
    Throwable failure = INTERNAL.get();
    if (failure != null) {
      INTERNAL.remove();
    }
    return failure;
  }

  private static void keep(Throwable failure) {
    if (INTERNAL.get() == null) {
      INTERNAL.set(failure);
    }
  }

  /** Reports {@code failure} as the outcome of a virtual table's method. */
  static int ofTable(long vtab, Throwable failure) {
    int code = code(failure);
    setMessage(vtab + TableCallbacks.ERROR_MESSAGE, failure);
    return code;
  }

  /** Puts the message where SQLite looks for it and frees it: at a {@code char **}. */
  static void setMessage(long place, Throwable failure) {
    Sqlite.sqlite3_free(Mem.getLong(place));
    Mem.setLong(place, Mem.copy(Failure.message(failure)));
  }

  /** Reports {@code failure} as the outcome of a function. */
  static void ofFunction(long context, Throwable failure) {
    int code = code(failure);
    byte[] message = Mem.cString(Failure.message(failure));
    Sqlite.sqlite3_result_error(context, message, message.length - 1);
    Sqlite.sqlite3_result_error_code(context, code);
  }

  /** The exception for an error that SQLite has just reported on {@code db}. */
  static SqliteException ofSqlite(long db, int code) {
    int extended = Sqlite.sqlite3_extended_errcode(db);
    return new SqliteException(
        (extended & 0xff) == (code & 0xff) ? extended : code,
        Mem.string(Sqlite.sqlite3_errmsg(db)));
  }

  /** Throws if {@code code} is an error that SQLite has just reported on {@code db}. */
  static void check(long db, int code) {
    if (code != Sqlite.OK) {
      throw ofSqlite(db, code);
    }
  }
}
