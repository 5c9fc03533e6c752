package io.crsql.engine.value;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** One SQLite value that outlives the call it came with: its storage class and its exact bytes. */
public final class Value {
  /** NULL. */
  public static final Value NULL = new Value(ValueType.NULL, 0, null);

  private final int type;
  private final long bits;
  private final byte[] bytes;

  private Value(int type, long bits, byte[] bytes) {
    this.type = type;
    this.bits = bits;
    this.bytes = bytes;
  }

  /** An integer. */
  public static Value integer(long value) {
    return new Value(ValueType.INTEGER, value, null);
  }

  /** A real. */
  public static Value real(double value) {
    return new Value(ValueType.REAL, Double.doubleToRawLongBits(value), null);
  }

  /** Text from its UTF-8 bytes, which need not be valid. */
  public static Value text(byte[] utf8) {
    return new Value(ValueType.TEXT, 0, utf8);
  }

  /** A blob. */
  public static Value blob(byte[] value) {
    return new Value(ValueType.BLOB, 0, value);
  }

  /** A copy of value {@code i} of {@code from}. */
  public static Value of(Values from, int i) {
    switch (from.type(i)) {
      case ValueType.INTEGER:
        return integer(from.getLong(i));
      case ValueType.REAL:
        return real(from.getDouble(i));
      case ValueType.TEXT:
        return text(from.getBytes(i));
      case ValueType.BLOB:
        return blob(from.getBytes(i));
      default:
        return NULL;
    }
  }

  /** Copies of the {@code count} values from {@code first} on. */
  public static Value[] row(Values from, int first, int count) {
    Value[] values = new Value[count];
    for (int i = 0; i < count; i++) {
      values[i] = of(from, first + i);
    }
    return values;
  }

  /** The storage class, one of {@link ValueType}. */
  public int type() {
    return type;
  }

  /** Whether this is NULL. */
  public boolean isNull() {
    return type == ValueType.NULL;
  }

  /** The integer; only for one. */
  public long integer() {
    if (type != ValueType.INTEGER) {
      throw new SqliteException(SqliteException.ERROR, "crsql: not an integer");
    }
    return bits;
  }

  /** The real; only for one. */
  double real() {
    if (type != ValueType.REAL) {
      throw new SqliteException(SqliteException.ERROR, "crsql: not a real");
    }
    return Double.longBitsToDouble(bits);
  }

  /** The bytes of text or a blob, not a copy; null for any other value. */
  byte[] bytes() {
    return bytes;
  }

  /** Binds the value, exactly, to a parameter. */
  public void bind(Stmt stmt, int param) {
    switch (type) {
      case ValueType.INTEGER:
        stmt.bindLong(param, integer());
        break;
      case ValueType.REAL:
        stmt.bindDouble(param, real());
        break;
      case ValueType.TEXT:
        stmt.bindTextBytes(param, bytes);
        break;
      case ValueType.BLOB:
        stmt.bindBlob(param, bytes);
        break;
      default:
        stmt.bindNull(param);
    }
  }

  /**
   * A total order in which only values that are the same to the last bit are equal: NULL, integers,
   * reals, text, blobs; numbers by value and -0.0 below 0.0, text by its UTF-8 bytes.
   */
  public static int compare(Value a, Value b) {
    if (a.type != b.type) {
      return Integer.compare(a.rank(), b.rank());
    }
    return a.bytes == null
        ? Long.compare(a.ordered(), b.ordered())
        : Bytes.compare(a.bytes, b.bytes);
  }

  private int rank() {
    return isNull() ? 0 : type;
  }

  /** A number's bits, such that reals are ordered as integers are. */
  private long ordered() {
    return type == ValueType.REAL ? bits ^ (bits >> 63 & Long.MAX_VALUE) : bits;
  }

  /** Whether two values are the same to the last bit: 1 is not 1.0, and 0.0 is not -0.0. */
  public static boolean same(Values a, int i, Values b, int j) {
    int type = a.type(i);
    if (type != b.type(j)) {
      return false;
    }
    switch (type) {
      case ValueType.INTEGER:
        return a.getLong(i) == b.getLong(j);
      case ValueType.REAL:
        return Double.doubleToRawLongBits(a.getDouble(i))
            == Double.doubleToRawLongBits(b.getDouble(j));
      case ValueType.NULL:
        return true;
      default:
        return Bytes.compare(a.getBytes(i), b.getBytes(j)) == 0;
    }
  }
}
