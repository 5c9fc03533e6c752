package io.crsql.host.nativ;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.Values;
import org.teavm.interop.Address;

/** A {@code sqlite3_context} to put a value in. */
final class ContextResult implements Result {
  private Address context;

  void set(Address newContext) {
    context = newContext;
  }

  void clear() {
    context = null;
  }

  private Address context() {
    if (context == null) {
      throw new IllegalStateException("result used after its call");
    }
    return context;
  }

  @Override
  public void setNull() {
    Native.resultNull(context());
  }

  @Override
  public void setLong(long value) {
    Native.resultLong(context(), value);
  }

  @Override
  public void setDouble(double value) {
    Native.resultDouble(context(), value);
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
    Native.resultText(context(), Address.ofData(utf8), length);
  }

  @Override
  public void setBlob(byte[] value, int length) {
    Native.resultBlob(context(), Address.ofData(value), length);
  }

  @Override
  public void setValue(Values from, int i) {
    Native.resultValue(context(), ((ValueSource) from).value(i));
  }
}
