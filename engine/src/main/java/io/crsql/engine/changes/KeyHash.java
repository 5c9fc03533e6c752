package io.crsql.engine.changes;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * A hash of a table's keys that is equal for keys that are equal to SQLite: 1 and 1.0, or 'A' and
 * 'a' under NOCASE. A key with a collation of the program's own has none.
 */
final class KeyHash {
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_63 = 9223372036854775808.0;
  private static final int BINARY = 0;
  private static final int NOCASE = 1;
  private static final int RTRIM = 2;
  private static final int OTHER = 3;

  private final int[] collations;
  private byte[] scratch = new byte[256];

  KeyHash(Crr crr) {
    collations = new int[crr.keyColumns()];
    for (int i = 0; i < collations.length; i++) {
      switch (Names.asciiLower(crr.keyCollation(i))) {
        case "binary":
          collations[i] = BINARY;
          break;
        case "nocase":
          collations[i] = NOCASE;
          break;
        case "rtrim":
          collations[i] = RTRIM;
          break;
        default:
          collations[i] = OTHER;
      }
    }
  }

  /** Whether the keys have one: no column has a collation of the program's own. */
  boolean exists() {
    for (int collation : collations) {
      if (collation == OTHER) {
        return false;
      }
    }
    return true;
  }

  /** The hash of the key that begins at a column of a row. */
  long of(Values row, int first) {
    long hash = 0;
    for (int i = 0; i < collations.length; i++) {
      hash = hash * 31 + part(row, first + i, collations[i]);
    }
    return hash;
  }

  private long part(Values row, int i, int collation) {
    switch (row.type(i)) {
      case ValueType.INTEGER:
        return mix(row.getLong(i));
      case ValueType.REAL:
        double real = row.getDouble(i);
        // An integer may equal it.
        boolean whole = real >= -TWO_TO_63 && real < TWO_TO_63 && (long) real == real;
        return mix(whole ? (long) real : Double.doubleToRawLongBits(real));
      case ValueType.TEXT:
        return bytes(row, i, collation);
      default:
        return bytes(row, i, BINARY) + 1;
    }
  }

  /** Different for different numbers. */
  private static long mix(long number) {
    long mixed = number * MIX;
    return mixed ^ mixed >>> 29;
  }

  private long bytes(Values row, int i, int collation) {
    int n = row.copyBytes(i, scratch, 0);
    if (n > scratch.length) {
      scratch = new byte[n * 2];
      row.copyBytes(i, scratch, 0);
    }
    byte[] data = scratch;
    while (collation == RTRIM && n > 0 && data[n - 1] == ' ') {
      n--;
    }
    long hash = n;
    if (collation == NOCASE) {
      // It compares the lengths and what is before a NUL.
      n = indexOfNul(data, n);
    }
    int at = 0;
    while (at < n) {
      long word = 0;
      int end = Math.min(n, at + 8);
      for (; at < end; at++) {
        int b = data[at];
        word = word << 8 | (collation == NOCASE && b >= 'A' && b <= 'Z' ? b + 32 : b) & 0xff;
      }
      hash = mix(hash ^ word);
    }
    return hash;
  }

  private static int indexOfNul(byte[] data, int n) {
    int i = 0;
    while (i < n && data[i] != 0) {
      i++;
    }
    return i;
  }
}
