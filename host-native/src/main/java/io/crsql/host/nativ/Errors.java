package io.crsql.host.nativ;

import io.crsql.sqlite.Failure;
import io.crsql.sqlite.Utf8;
import org.teavm.interop.Address;
import org.teavm.interop.StaticInit;

/** What SQL is told about an exception. None of these methods throws: C has no handler. */
@StaticInit
final class Errors {
  /** Made while there is memory. */
  private static final byte[] OUT_OF_MEMORY = Utf8.encode("crsql: out of memory");

  private Errors() {}

  /** Reports to the statement that called a function. */
  static void toResult(Throwable error, Address context) {
    byte[] message = message(error);
    Native.resultError(context, Address.ofData(message), message.length, code(error));
  }

  /** Reports to the statement that uses a table, and gives the code for the callback to return. */
  static int toTable(Throwable error, Address vtab) {
    byte[] message = message(error);
    Native.tableError(vtab, Address.ofData(message), message.length);
    return code(error);
  }

  /**
   * Reports to the caller of a function with a {@code char **} for its message, and gives the code
   * to return.
   */
  static int toCaller(Throwable error, Address message) {
    byte[] utf8 = message(error);
    Native.setError(message, Address.ofData(utf8), utf8.length);
    return code(error);
  }

  /** A code that no caller takes for success. */
  static int code(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      return Memory.NOMEM;
    }
    return Failure.code(error);
  }

  private static byte[] message(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      // what filled the heap is unreachable by now; without this the next large array would fail
      // too
      System.gc();
      return OUT_OF_MEMORY;
    }
    try {
      return Utf8.encode(Failure.message(error));
    } catch (Throwable second) {
      return OUT_OF_MEMORY;
    }
  }
}
