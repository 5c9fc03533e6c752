package io.crsql.host.nativ;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Utf8;
import org.teavm.interop.Address;

/** Bytes and text between the Java heap and C memory. */
final class Memory {
  /** SQLite's {@code SQLITE_NOMEM}. */
  static final int NOMEM = 7;

  private Memory() {}

  static byte[] bytes(Address from, int length) {
    byte[] bytes = new byte[length];
    if (length > 0) {
      Address.moveMemoryBlock(from, Address.ofData(bytes), length);
    }
    return bytes;
  }

  static String text(Address utf8, int length) {
    return Utf8.decode(bytes(utf8, length));
  }

  static String text(Address utf8) {
    return utf8 == null ? null : text(utf8, Native.strlen(utf8));
  }

  /** A copy with a NUL at its end, to be given to {@link Native#free}. */
  static Address copy(String text) {
    byte[] utf8 = Utf8.encode(text);
    Address copy = Native.malloc(utf8.length + 1L);
    if (copy == null) {
      throw outOfMemory();
    }
    Address.moveMemoryBlock(Address.ofData(utf8), copy, utf8.length);
    copy.add(utf8.length).putByte((byte) 0);
    return copy;
  }

  static SqliteException outOfMemory() {
    return new SqliteException(NOMEM, "out of memory");
  }
}
