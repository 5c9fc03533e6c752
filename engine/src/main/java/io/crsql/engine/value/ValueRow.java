package io.crsql.engine.value;

import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** Values as a row, to be read as what they are: a getter that converts is an error. */
public record ValueRow(Value... values) implements Values {
  @Override
  public int count() {
    return values.length;
  }

  @Override
  public int type(int i) {
    return values[i].type();
  }

  @Override
  public long getLong(int i) {
    return values[i].integer();
  }

  @Override
  public double getDouble(int i) {
    return values[i].real();
  }

  @Override
  public String getText(int i) {
    return type(i) == ValueType.NULL ? null : Utf8.decode(values[i].bytes());
  }

  @Override
  public byte[] getBytes(int i) {
    return values[i].bytes();
  }
}
