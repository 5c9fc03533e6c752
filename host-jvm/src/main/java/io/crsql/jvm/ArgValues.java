package io.crsql.jvm;

import io.crsql.sqlite.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The arguments of one callback: an array of {@code sqlite3_value *}. It expires with the call, so
 * that an engine which holds on to it fails here rather than reads freed memory in another host.
 */
final class ArgValues implements NativeValues {
  private final long argv;
  private int count;

  ArgValues(int count, long argv) {
    this.count = count;
    this.argv = argv;
  }

  void expire() {
    count = 0;
  }

  @Override
  public long address(int i) {
    return Mem.getLong(argv + 8L * Objects.checkIndex(i, count));
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int type(int i) {
    return Sqlite.sqlite3_value_type(address(i));
  }

  @Override
  public long getLong(int i) {
    return Sqlite.sqlite3_value_int64(address(i));
  }

  @Override
  public double getDouble(int i) {
    return Sqlite.sqlite3_value_double(address(i));
  }

  @Override
  public String getText(int i) {
    long value = address(i);
    long text = Sqlite.sqlite3_value_text(value);
    return text == 0
        ? null
        : new String(Mem.bytes(text, Sqlite.sqlite3_value_bytes(value)), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] getBytes(int i) {
    long value = address(i);
    int type = Sqlite.sqlite3_value_type(value);
    if (type == ValueType.NULL) {
      return null;
    }
    long bytes =
        type == ValueType.BLOB
            ? Sqlite.sqlite3_value_blob(value)
            : Sqlite.sqlite3_value_text(value);
    return Mem.bytes(bytes, Sqlite.sqlite3_value_bytes(value));
  }
}
