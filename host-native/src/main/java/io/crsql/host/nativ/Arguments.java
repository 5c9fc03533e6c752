package io.crsql.host.nativ;

import io.crsql.sqlite.ValueType;
import org.teavm.interop.Address;

/** The arguments of a callback: part of an array of {@code sqlite3_value *}. */
final class Arguments extends ValueSource {
  private Address values;
  private int count;

  void set(Address array, int offset, int length) {
    values = array == null ? null : array.add(offset * Address.sizeOf());
    count = length;
  }

  void clear() {
    values = null;
    count = 0;
  }

  @Override
  Address value(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("no argument " + i);
    }
    return values.add(i * Address.sizeOf()).getAddress();
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int type(int i) {
    return Native.valueType(value(i));
  }

  @Override
  public long getLong(int i) {
    return Native.valueLong(value(i));
  }

  @Override
  public double getDouble(int i) {
    return Native.valueDouble(value(i));
  }

  @Override
  public String getText(int i) {
    Address value = value(i);
    if (Native.valueType(value) == ValueType.NULL) {
      return null;
    }
    return Memory.text(text(value), Native.valueBytes(value));
  }

  @Override
  public byte[] getBytes(int i) {
    Address value = value(i);
    return switch (Native.valueType(value)) {
      case ValueType.NULL -> null;
      case ValueType.BLOB -> Memory.bytes(Native.valueBlob(value), Native.valueBytes(value));
      default -> Memory.bytes(text(value), Native.valueBytes(value));
    };
  }

  private static Address text(Address value) {
    Address text = Native.valueText(value);
    if (text == null) {
      throw Memory.outOfMemory();
    }
    return text;
  }
}
