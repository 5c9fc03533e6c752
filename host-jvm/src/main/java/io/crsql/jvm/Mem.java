package io.crsql.jvm;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;

/** Native memory by address, without an object for each pointer. */
final class Mem {
  private static final Pointer ALL = new Pointer(0);
  private static final byte[] EMPTY = {};

  private Mem() {}

  static byte getByte(long address) {
    return ALL.getByte(address);
  }

  static int getInt(long address) {
    return ALL.getInt(address);
  }

  static long getLong(long address) {
    return ALL.getLong(address);
  }

  static void setByte(long address, byte value) {
    ALL.setByte(address, value);
  }

  static void setInt(long address, int value) {
    ALL.setInt(address, value);
  }

  static void setLong(long address, long value) {
    ALL.setLong(address, value);
  }

  static void setDouble(long address, double value) {
    ALL.setDouble(address, value);
  }

  static byte[] bytes(long address, int count) {
    return count == 0 ? EMPTY : ALL.getByteArray(address, count);
  }

  /** The NUL-terminated UTF-8 string at {@code address}. */
  static String string(long address) {
    return ALL.getString(address, "UTF-8");
  }

  /** Memory of SQLite's allocator, zeroed. */
  static long allocate(int size) {
    long address = Sqlite.sqlite3_malloc64(size);
    if (address == 0) {
      throw new OutOfMemoryError("sqlite3_malloc64");
    }
    ALL.setMemory(address, size, (byte) 0);
    return address;
  }

  static void write(long address, byte[] bytes) {
    ALL.write(address, bytes, 0, bytes.length);
  }

  /** A NUL-terminated copy of {@code text} in SQLite's memory, which the receiver frees. */
  static long copy(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long address = allocate(bytes.length + 1);
    write(address, bytes);
    return address;
  }

  /** {@code text} as a NUL-terminated C string. */
  static byte[] cString(String text) {
    return (text + '\0').getBytes(StandardCharsets.UTF_8);
  }
}
