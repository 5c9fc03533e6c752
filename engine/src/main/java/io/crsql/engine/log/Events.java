package io.crsql.engine.log;

import io.crsql.engine.value.Bytes;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * The {@code events} column of a row index: the {@code at} of the row's current log entries, in no
 * order.
 *
 * <p>One is stored as an integer; several as a blob of their differences, each from the one before
 * and the first from 0, as zigzag varints: seven bits a byte, lowest first, the high bit telling
 * that more follow. None, as where a row's columns are all gone, is NULL.
 */
public final class Events {
  private static final long[] NONE = {};

  private Events() {}

  /**
   * Reads value {@code i} of a row.
   *
   * @throws SqliteException if it is no such list
   */
  public static long[] read(Values row, int i) {
    switch (row.type(i)) {
      case ValueType.NULL:
        return NONE;
      case ValueType.INTEGER:
        return new long[] {row.getLong(i)};
      case ValueType.BLOB:
        return decode(row.getBytes(i));
      default:
        throw damaged();
    }
  }

  private static SqliteException damaged() {
    return new SqliteException(
        SqliteException.ERROR, "crsql: a row index is damaged; call crsql_verify()");
  }

  static void bind(Stmt stmt, int param, long[] ats) {
    if (ats.length == 0) {
      stmt.bindNull(param);
    } else if (ats.length == 1) {
      stmt.bindLong(param, ats[0]);
    } else {
      stmt.bindBlob(param, encode(ats));
    }
  }

  static byte[] encode(long[] ats) {
    return encode(ats, ats.length);
  }

  /** The first {@code count} of these. */
  static byte[] encode(long[] ats, int count) {
    Bytes out = new Bytes();
    long before = 0;
    for (int i = 0; i < count; i++) {
      out.signed(ats[i] - before);
      before = ats[i];
    }
    return out.toArray();
  }

  static long[] decode(byte[] in) {
    int count = 0;
    for (byte b : in) {
      count += b >= 0 ? 1 : 0;
    }
    long[] ats = new long[count];
    long at = 0;
    int i = 0;
    for (int n = 0; n < count; n++) {
      long value = 0;
      int shift = 0;
      byte b;
      do {
        b = in[i++];
        value |= (b & 0x7fL) << shift;
        shift += 7;
      } while (b < 0 && shift < 64);
      at += value >>> 1 ^ -(value & 1);
      ats[n] = at;
    }
    if (i != in.length) {
      throw damaged();
    }
    return ats;
  }
}
