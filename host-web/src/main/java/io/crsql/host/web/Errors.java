package io.crsql.host.web;

import io.crsql.sqlite.SqliteException;
import io.crsql.sync.StoreException;

/** What SQL is told about an exception. */
final class Errors {
  private static final int ROW = 100;
  private static final int DONE = 101;

  /** Where {@code sqlite3_vtab} has its message. */
  private static final int TABLE_MESSAGE = 8;

  private Errors() {}

  /** Reports to the statement that called a function. */
  static void toResult(Throwable error, int context) {
    byte[] message = Utf8.encode(text(error));
    Sqlite.resultError(context, Memory.scratch(message, message.length), message.length);
    // second: it would set a message of its own if there were none yet
    Sqlite.resultErrorCode(context, code(error));
  }

  /** Reports to the statement that uses a table, and gives the code for the callback to return. */
  static int toTable(Throwable error, int vtab) {
    return toCaller(error, vtab + TABLE_MESSAGE);
  }

  /** Puts the message where the caller frees it, and gives the code to return. */
  static int toCaller(Throwable error, int messageOut) {
    Sqlite.free(Heap.getInt(messageOut));
    Heap.putInt(messageOut, Memory.copy(text(error)));
    return code(error);
  }

  /** A code that no caller takes for success. */
  static int code(Throwable error) {
    if (error instanceof SqliteException) {
      int code = ((SqliteException) error).code();
      int primary = code & 0xff;
      return primary == 0 || primary == ROW || primary == DONE ? SqliteException.ERROR : code;
    }
    return SqliteException.ERROR;
  }

  /** A sentence for the user. */
  static String text(Throwable error) {
    String message = error.getMessage();
    if (error instanceof SqliteException || error instanceof StoreException) {
      return message == null ? "error" : message;
    }
    String name = error.getClass().getName();
    return "crsql: internal error: " + (message == null ? name : name + ": " + message);
  }
}
