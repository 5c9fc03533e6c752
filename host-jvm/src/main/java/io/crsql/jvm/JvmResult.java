package io.crsql.jvm;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;
import java.nio.charset.StandardCharsets;

/** The result of one callback: an {@code sqlite3_context}. It expires with the call. */
final class JvmResult implements Result {
  private long context;

  JvmResult(long context) {
    this.context = context;
  }

  void expire() {
    context = 0;
  }

  private long context() {
    if (context == 0) {
      throw new IllegalStateException("the call that this result belongs to has ended");
    }
    return context;
  }

  @Override
  public void setNull() {
    Sqlite.sqlite3_result_null(context());
  }

  @Override
  public void setLong(long value) {
    Sqlite.sqlite3_result_int64(context(), value);
  }

  @Override
  public void setDouble(double value) {
    Sqlite.sqlite3_result_double(context(), value);
  }

  @Override
  public void setText(String value) {
    setTextBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void setTextBytes(byte[] utf8, int length) {
    Sqlite.sqlite3_result_text(context(), JvmStmt.pointable(utf8), length, Sqlite.TRANSIENT);
  }

  @Override
  public void setBlob(byte[] value, int length) {
    if (length == 0) {
      Sqlite.sqlite3_result_zeroblob(context(), 0);
    } else {
      Sqlite.sqlite3_result_blob(context(), value, length, Sqlite.TRANSIENT);
    }
  }

  @Override
  public void setValue(Values from, int i) {
    Sqlite.sqlite3_result_value(context(), ((NativeValues) from).address(i));
  }
}
