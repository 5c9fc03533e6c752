package io.crsql.host.web;

import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** Values that are {@code sqlite3_value}s. */
abstract class ValueSource implements Values {
  /** The {@code sqlite3_value} of value {@code i}. */
  abstract int value(int i);

  @Override
  public final int type(int i) {
    return Sqlite.valueType(value(i));
  }

  @Override
  public final long getLong(int i) {
    return Sqlite.valueLong(value(i));
  }

  @Override
  public final double getDouble(int i) {
    return Sqlite.valueDouble(value(i));
  }

  @Override
  public final String getText(int i) {
    int value = value(i);
    if (Sqlite.valueType(value) == ValueType.NULL) {
      return null;
    }
    int text = text(value);
    return Memory.text(text, Sqlite.valueBytes(value));
  }

  @Override
  public final byte[] getBytes(int i) {
    int value = value(i);
    if (Sqlite.valueType(value) == ValueType.NULL) {
      return null;
    }
    int from = data(value);
    return Memory.bytes(from, Sqlite.valueBytes(value));
  }

  @Override
  public final int copyBytes(int i, byte[] to, int at) {
    int value = value(i);
    int from = data(value);
    int length = Sqlite.valueBytes(value);
    if (length <= to.length - at) {
      Memory.read(from, to, at, length);
    }
    return length;
  }

  /** Where the bytes are that {@code sqlite3_value_bytes} counts; of a blob without any, 0. */
  static int data(int value) {
    return Sqlite.valueType(value) == ValueType.BLOB ? Sqlite.valueBlob(value) : text(value);
  }

  private static int text(int value) {
    int text = Sqlite.valueText(value);
    if (text == 0) {
      throw Memory.outOfMemory();
    }
    return text;
  }
}
