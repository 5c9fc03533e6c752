package io.crsql.fuzz;

import io.crsql.engine.value.Value;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values outside of SQLite: what was bound can be read, and a result is the first of them. */
public final class Holder implements Stmt, Result {
  private final Object[] held;

  /** Room for {@code count} values. */
  public Holder(int count) {
    held = new Object[count];
  }

  /** Holds these values. */
  static Holder of(Value... values) {
    Holder holder = new Holder(values.length);
    for (int i = 0; i < values.length; i++) {
      values[i].bind(holder, i + 1);
    }
    return holder;
  }

  @Override
  public int count() {
    return held.length;
  }

  @Override
  public int type(int i) {
    if (held[i] == null) {
      return ValueType.NULL;
    } else if (held[i] instanceof Long) {
      return ValueType.INTEGER;
    } else if (held[i] instanceof Double) {
      return ValueType.REAL;
    }
    return held[i] instanceof Operation.Text ? ValueType.TEXT : ValueType.BLOB;
  }

  @Override
  public long getLong(int i) {
    return (Long) held[i];
  }

  @Override
  public double getDouble(int i) {
    return (Double) held[i];
  }

  @Override
  public String getText(int i) {
    return new String(getBytes(i), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] getBytes(int i) {
    return held[i] instanceof Operation.Text text ? text.utf8() : (byte[]) held[i];
  }

  @Override
  public void bindNull(int param) {
    held[param - 1] = null;
  }

  @Override
  public void bindLong(int param, long value) {
    held[param - 1] = value;
  }

  @Override
  public void bindDouble(int param, double value) {
    held[param - 1] = value;
  }

  @Override
  public void bindText(int param, String value) {
    bindTextBytes(param, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void bindTextBytes(int param, byte[] utf8) {
    held[param - 1] = new Operation.Text(utf8);
  }

  @Override
  public void bindBlob(int param, byte[] value) {
    held[param - 1] = value;
  }

  @Override
  public void bindValue(int param, Values from, int i) {
    held[param - 1] = ((Holder) from).held[i];
  }

  @Override
  public void setNull() {
    bindNull(1);
  }

  @Override
  public void setLong(long value) {
    bindLong(1, value);
  }

  @Override
  public void setDouble(double value) {
    bindDouble(1, value);
  }

  @Override
  public void setText(String value) {
    bindText(1, value);
  }

  @Override
  public void setTextBytes(byte[] utf8, int length) {
    bindTextBytes(1, Arrays.copyOf(utf8, length));
  }

  @Override
  public void setBlob(byte[] value, int length) {
    bindBlob(1, Arrays.copyOf(value, length));
  }

  @Override
  public void setValue(Values from, int i) {
    bindValue(1, from, i);
  }

  @Override
  public boolean step() {
    return false;
  }

  @Override
  public int reprepared() {
    return 0;
  }

  @Override
  public void reset() {}

  @Override
  public void clearBindings() {
    Arrays.fill(held, null);
  }

  @Override
  public void close() {}
}
