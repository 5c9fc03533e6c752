package io.crsql.host.web;

import io.crsql.sqlite.Failure;
import io.crsql.sqlite.Utf8;

/** What SQL is told about an exception. */
final class Errors {
  /** Where {@code sqlite3_vtab} has its message. */
  private static final int TABLE_MESSAGE = 8;

  private Errors() {}

  /** Reports to the statement that called a function. */
  static void toResult(Throwable error, int context) {
    byte[] message = Utf8.encode(Failure.message(error));
    Sqlite.resultError(context, Memory.scratch(message, message.length), message.length);
    // second: it would set a message of its own if there were none yet
    Sqlite.resultErrorCode(context, Failure.code(error));
  }

  /** Reports to the statement that uses a table, and gives the code for the callback to return. */
  static int toTable(Throwable error, int vtab) {
    return toCaller(error, vtab + TABLE_MESSAGE);
  }

  /** Puts the message where the caller frees it, and gives the code to return. */
  static int toCaller(Throwable error, int messageOut) {
    Sqlite.free(Heap.getInt(messageOut));
    Heap.putInt(messageOut, Memory.copy(Failure.message(error)));
    return Failure.code(error);
  }
}
