package io.crsql.host.web;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** A {@code sqlite3_context} to put a value in. */
final class ContextResult implements Result {
  private int context;

  void set(int newContext) {
    context = newContext;
  }

  void clear() {
    context = 0;
  }

  private int context() {
    if (context == 0) {
      throw new IllegalStateException("result used after its call");
    }
    return context;
  }

  @Override
  public void setNull() {
    Sqlite.resultNull(context());
  }

  @Override
  public void setLong(long value) {
    Sqlite.resultLong(context(), value);
  }

  @Override
  public void setDouble(double value) {
    Sqlite.resultDouble(context(), value);
  }

  @Override
  public void setText(String value) {
    if (value == null) {
      setNull();
    } else {
      setTextBytes(Utf8.encode(value));
    }
  }

  @Override
  public void setTextBytes(byte[] utf8, int length) {
    int copy = Memory.scratch(utf8, length);
    Sqlite.resultText(context(), copy, length, WebStmt.TRANSIENT);
  }

  @Override
  public void setBlob(byte[] value, int length) {
    int copy = Memory.scratch(value, length);
    Sqlite.resultBlob(context(), copy, length, WebStmt.TRANSIENT);
  }

  @Override
  public void setValue(Values from, int i) {
    int value = ((ValueSource) from).value(i);
    switch (Sqlite.valueType(value)) {
      case ValueType.INTEGER -> setLong(Sqlite.valueLong(value));
      case ValueType.REAL -> setDouble(Sqlite.valueDouble(value));
      case ValueType.TEXT -> {
        int text = ValueSource.data(value);
        Sqlite.resultText(context(), text, Sqlite.valueBytes(value), WebStmt.TRANSIENT);
      }
      case ValueType.BLOB -> setBlob(value);
      default -> setNull();
    }
  }

  private void setBlob(int value) {
    int bytes = Sqlite.valueBlob(value);
    if (bytes == 0) {
      Sqlite.resultZeroes(context(), 0);
    } else {
      Sqlite.resultBlob(context(), bytes, Sqlite.valueBytes(value), WebStmt.TRANSIENT);
    }
  }
}
