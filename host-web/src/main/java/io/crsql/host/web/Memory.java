package io.crsql.host.web;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Utf8;

/** Bytes and text between Java and the memory of SQLite's module. */
final class Memory {
  /** SQLite's {@code SQLITE_NOMEM}. */
  static final int NOMEM = 7;

  private static final int LEAST_SCRATCH = 1024;
  private static final long NOT_ASCII = 0x8080808080808080L;

  /** What SQLite copies at once, for one call at a time. */
  private static int scratch;

  private static int scratchSize;

  private Memory() {}

  static byte[] bytes(int from, int length) {
    byte[] bytes = new byte[length];
    read(from, bytes, 0, length);
    return bytes;
  }

  static void read(int from, byte[] to, int at, int length) {
    int end = from + length;
    int p = from;
    int i = at;
    for (; p <= end - 8; p += 8) {
      long eight = Heap.getLong(p);
      int low = (int) eight;
      int high = (int) (eight >>> 32);
      to[i] = (byte) low;
      to[i + 1] = (byte) (low >>> 8);
      to[i + 2] = (byte) (low >>> 16);
      to[i + 3] = (byte) (low >>> 24);
      to[i + 4] = (byte) high;
      to[i + 5] = (byte) (high >>> 8);
      to[i + 6] = (byte) (high >>> 16);
      to[i + 7] = (byte) (high >>> 24);
      i += 8;
    }
    for (; p < end; p++) {
      to[i++] = (byte) Heap.getByte(p);
    }
  }

  static void write(byte[] from, int length, int to) {
    int i = 0;
    int p = to;
    for (; i <= length - 4; i += 4) {
      Heap.putInt(
          p,
          from[i] & 0xff
              | (from[i + 1] & 0xff) << 8
              | (from[i + 2] & 0xff) << 16
              | from[i + 3] << 24);
      p += 4;
    }
    for (; i < length; i++) {
      Heap.putByte(p++, from[i]);
    }
  }

  static String text(int utf8, int length) {
    return isAscii(utf8, length) ? ascii(utf8, length) : Utf8.decode(bytes(utf8, length));
  }

  private static boolean isAscii(int at, int length) {
    int end = at + length;
    int p = at;
    for (; p <= end - 8; p += 8) {
      if ((Heap.getLong(p) & NOT_ASCII) != 0) {
        return false;
      }
    }
    for (; p < end; p++) {
      if (Heap.getByte(p) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static String ascii(int at, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) Heap.getByte(at + i);
    }
    return new String(text);
  }

  /** Text that ends with a NUL; null for a null pointer. */
  static String text(int utf8) {
    if (utf8 == 0) {
      return null;
    }
    int end = utf8;
    while (Heap.getByte(end) != 0) {
      end++;
    }
    return text(utf8, end - utf8);
  }

  /** A place for the bytes until the next call of this method, for what SQLite copies at once. */
  static int scratch(byte[] bytes, int length) {
    if (scratch == 0 || length > scratchSize) {
      Sqlite.free(scratch);
      scratchSize = 0;
      scratch = allocate(Math.max(LEAST_SCRATCH, length));
      scratchSize = Math.max(LEAST_SCRATCH, length);
    }
    write(bytes, length, scratch);
    return scratch;
  }

  /** A copy with a NUL at its end, to be given to {@link Sqlite#free}. */
  static int copy(String text) {
    byte[] utf8 = Utf8.encode(text);
    int copy = allocate(utf8.length + 1);
    write(utf8, utf8.length, copy);
    Heap.putByte(copy + utf8.length, 0);
    return copy;
  }

  /** Memory to be given to {@link Sqlite#free}. */
  static int allocate(int size) {
    int memory = Sqlite.malloc(size);
    if (memory == 0) {
      throw outOfMemory();
    }
    return memory;
  }

  /** The same, full of zeroes; a multiple of 4 bytes. */
  static int allocateZeroed(int size) {
    int memory = allocate(size);
    for (int p = memory; p < memory + size; p += 4) {
      Heap.putInt(p, 0);
    }
    return memory;
  }

  static SqliteException outOfMemory() {
    return new SqliteException(NOMEM, "out of memory");
  }
}
