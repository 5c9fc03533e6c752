package io.crsql.host.nativ;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import org.teavm.interop.Address;

/**
 * A {@code sqlite3_stmt}. Once closed it is null, which SQLite's routines answer with misuse or
 * NULL.
 */
final class NativeStmt extends ValueSource implements Stmt {
  private static final int OK = 0;
  private static final int MISUSE = 21;
  private static final int ROW = 100;
  private static final int DONE = 101;

  private final NativeDb db;
  private Address stmt;

  /**
   * The column that was read last, or -1: to find its value, SQLite takes a lock each time, and
   * reading a value takes several calls.
   */
  private int known = -1;

  private Address knownValue;

  NativeStmt(NativeDb db, Address stmt) {
    this.db = db;
    this.stmt = stmt;
  }

  private void check(int code) {
    if (code != OK) {
      throw stmt == null ? closed() : db.error();
    }
  }

  private static SqliteException closed() {
    return new SqliteException(MISUSE, "statement is closed");
  }

  @Override
  public void bindNull(int param) {
    check(Native.bindNull(stmt, param));
  }

  @Override
  public void bindLong(int param, long value) {
    check(Native.bindLong(stmt, param, value));
  }

  @Override
  public void bindDouble(int param, double value) {
    check(Native.bindDouble(stmt, param, value));
  }

  @Override
  public void bindText(int param, String value) {
    bindTextBytes(param, value == null ? null : Utf8.encode(value));
  }

  @Override
  public void bindTextBytes(int param, byte[] utf8) {
    if (utf8 == null) {
      bindNull(param);
    } else {
      check(Native.bindText(stmt, param, Address.ofData(utf8), utf8.length));
    }
  }

  @Override
  public void bindBlob(int param, byte[] value) {
    if (value == null) {
      bindNull(param);
    } else {
      check(Native.bindBlob(stmt, param, Address.ofData(value), value.length));
    }
  }

  @Override
  public void bindValue(int param, Values from, int i) {
    check(Native.bindValue(stmt, param, ((ValueSource) from).value(i)));
  }

  @Override
  public boolean step() {
    if (stmt == null) {
      throw closed();
    }
    known = -1;
    int code = Native.step(stmt);
    if (code == ROW) {
      return true;
    }
    if (code == DONE) {
      return false;
    }
    SqliteException error = db.error();
    reset();
    throw error;
  }

  @Override
  public void reset() {
    known = -1;
    Native.reset(stmt);
  }

  @Override
  public void clearBindings() {
    if (stmt != null) {
      Native.clearBindings(stmt);
    }
  }

  @Override
  public int reprepared() {
    return Native.reprepared(stmt);
  }

  @Override
  public void close() {
    Address open = stmt;
    known = -1;
    stmt = null;
    Native.finish(open);
  }

  @Override
  Address value(int i) {
    if (i != known) {
      knownValue = Native.columnValue(stmt, i);
      known = i;
    }
    return knownValue;
  }

  @Override
  public int count() {
    return Native.columnCount(stmt);
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
    return type(i) == ValueType.NULL ? null : Memory.text(text(i), Native.valueBytes(value(i)));
  }

  @Override
  public byte[] getBytes(int i) {
    Address value = value(i);
    return switch (Native.valueType(value)) {
      case ValueType.NULL -> null;
      case ValueType.BLOB -> Memory.bytes(Native.valueBlob(value), Native.valueBytes(value));
      default -> Memory.bytes(text(i), Native.valueBytes(value));
    };
  }

  @Override
  public int copyBytes(int i, byte[] to, int at) {
    Address value = value(i);
    boolean blob = Native.valueType(value) == ValueType.BLOB;
    Address from = blob ? Native.valueBlob(value) : text(i);
    int length = Native.valueBytes(value);
    if (length > 0 && length <= to.length - at) {
      Address.moveMemoryBlock(from, Address.ofData(to).add(at), length);
    }
    return length;
  }

  private Address text(int i) {
    Address text = Native.valueText(value(i));
    if (text == null) {
      throw Memory.outOfMemory();
    }
    return text;
  }
}
