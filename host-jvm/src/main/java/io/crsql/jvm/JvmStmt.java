package io.crsql.jvm;

import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.nio.charset.StandardCharsets;

/** A statement: an {@code sqlite3_stmt}. */
final class JvmStmt implements Stmt, NativeValues {
  private static final byte[] NOTHING = {0};

  private final long db;
  private final int columns;
  private long stmt;
  private boolean onRow;

  JvmStmt(long db, long stmt) {
    this.db = db;
    this.stmt = stmt;
    this.columns = Sqlite.sqlite3_column_count(stmt);
  }

  /** {@code bytes}, or an array that has an address: a null pointer would mean NULL. */
  static byte[] pointable(byte[] bytes) {
    return bytes.length == 0 ? NOTHING : bytes;
  }

  @Override
  public void bindNull(int param) {
    check(Sqlite.sqlite3_bind_null(stmt, param));
  }

  @Override
  public void bindLong(int param, long value) {
    check(Sqlite.sqlite3_bind_int64(stmt, param, value));
  }

  @Override
  public void bindDouble(int param, double value) {
    check(Sqlite.sqlite3_bind_double(stmt, param, value));
  }

  @Override
  public void bindText(int param, String value) {
    bindTextBytes(param, value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void bindTextBytes(int param, byte[] utf8) {
    check(Sqlite.sqlite3_bind_text(stmt, param, pointable(utf8), utf8.length, Sqlite.TRANSIENT));
  }

  @Override
  public void bindBlob(int param, byte[] value) {
    check(
        value.length == 0
            ? Sqlite.sqlite3_bind_zeroblob(stmt, param, 0)
            : Sqlite.sqlite3_bind_blob(stmt, param, value, value.length, Sqlite.TRANSIENT));
  }

  @Override
  public void bindValue(int param, Values from, int i) {
    check(Sqlite.sqlite3_bind_value(stmt, param, ((NativeValues) from).address(i)));
  }

  @Override
  public boolean step() {
    int code = Sqlite.sqlite3_step(stmt);
    onRow = code == Sqlite.ROW;
    if (onRow || code == Sqlite.DONE) {
      return onRow;
    }
    RuntimeException failure = Failures.ofSqlite(db, code);
    reset();
    throw failure;
  }

  @Override
  public void reset() {
    onRow = false;
    Sqlite.sqlite3_reset(stmt);
  }

  @Override
  public void clearBindings() {
    Sqlite.sqlite3_clear_bindings(stmt);
  }

  @Override
  public int reprepared() {
    return Sqlite.sqlite3_stmt_status(stmt, Sqlite.STMTSTATUS_REPREPARE, 0);
  }

  @Override
  public void close() {
    onRow = false;
    Sqlite.sqlite3_finalize(stmt);
    stmt = 0;
  }

  @Override
  public int count() {
    return Sqlite.sqlite3_column_count(stmt);
  }

  @Override
  public long address(int i) {
    return Sqlite.sqlite3_column_value(stmt, column(i));
  }

  @Override
  public int type(int i) {
    return Sqlite.sqlite3_column_type(stmt, column(i));
  }

  @Override
  public long getLong(int i) {
    return Sqlite.sqlite3_column_int64(stmt, column(i));
  }

  @Override
  public double getDouble(int i) {
    return Sqlite.sqlite3_column_double(stmt, column(i));
  }

  @Override
  public String getText(int i) {
    long text = Sqlite.sqlite3_column_text(stmt, column(i));
    return text == 0
        ? null
        : new String(Mem.bytes(text, Sqlite.sqlite3_column_bytes(stmt, i)), StandardCharsets.UTF_8);
  }

  @Override
  public byte[] getBytes(int i) {
    int type = type(i);
    if (type == ValueType.NULL) {
      return null;
    }
    long bytes =
        type == ValueType.BLOB
            ? Sqlite.sqlite3_column_blob(stmt, i)
            : Sqlite.sqlite3_column_text(stmt, i);
    return Mem.bytes(bytes, Sqlite.sqlite3_column_bytes(stmt, i));
  }

  /** Refuses to read what SQLite would silently call NULL. */
  private int column(int i) {
    if (!onRow) {
      throw new IllegalStateException("the statement stands on no row");
    }
    if (i < 0 || i >= columns && i >= count()) {
      throw new IndexOutOfBoundsException("column " + i + " of " + count());
    }
    return i;
  }

  private void check(int code) {
    Failures.check(db, code);
  }
}
