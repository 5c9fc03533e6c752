package io.crsql.host.web;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * A {@code sqlite3_stmt}; 0 once it is closed, which SQLite's routines answer with misuse or NULL.
 */
final class WebStmt extends ValueSource implements Stmt {
  /** {@code SQLITE_TRANSIENT}: SQLite copies what it is given. */
  static final int TRANSIENT = -1;

  private static final int OK = 0;
  private static final int MISUSE = 21;
  private static final int ROW = 100;
  private static final int DONE = 101;

  /** {@code SQLITE_STMTSTATUS_REPREPARE}. */
  private static final int REPREPARED = 5;

  private final WebDb db;
  private int stmt;

  WebStmt(WebDb db, int stmt) {
    this.db = db;
    this.stmt = stmt;
  }

  private void check(int code) {
    if (code != OK) {
      throw stmt == 0 ? closed() : db.error();
    }
  }

  private static SqliteException closed() {
    return new SqliteException(MISUSE, "statement is closed");
  }

  @Override
  public void bindNull(int param) {
    check(Sqlite.bindNull(stmt, param));
  }

  @Override
  public void bindLong(int param, long value) {
    check(Sqlite.bindLong(stmt, param, value));
  }

  @Override
  public void bindDouble(int param, double value) {
    check(Sqlite.bindDouble(stmt, param, value));
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
      int copy = Memory.scratch(utf8, utf8.length);
      check(Sqlite.bindText(stmt, param, copy, utf8.length, TRANSIENT));
    }
  }

  @Override
  public void bindBlob(int param, byte[] value) {
    if (value == null) {
      bindNull(param);
    } else {
      int copy = Memory.scratch(value, value.length);
      check(Sqlite.bindBlob(stmt, param, copy, value.length, TRANSIENT));
    }
  }

  @Override
  public void bindValue(int param, Values from, int i) {
    int value = ((ValueSource) from).value(i);
    switch (Sqlite.valueType(value)) {
      case ValueType.INTEGER -> bindLong(param, Sqlite.valueLong(value));
      case ValueType.REAL -> bindDouble(param, Sqlite.valueDouble(value));
      case ValueType.TEXT -> {
        int text = data(value);
        check(Sqlite.bindText(stmt, param, text, Sqlite.valueBytes(value), TRANSIENT));
      }
      case ValueType.BLOB -> bindBlob(param, value);
      default -> bindNull(param);
    }
  }

  private void bindBlob(int param, int value) {
    int bytes = Sqlite.valueBlob(value);
    if (bytes == 0) {
      check(Sqlite.bindZeroes(stmt, param, 0));
    } else {
      check(Sqlite.bindBlob(stmt, param, bytes, Sqlite.valueBytes(value), TRANSIENT));
    }
  }

  @Override
  public boolean step() {
    if (stmt == 0) {
      throw closed();
    }
    int code = Sqlite.step(stmt);
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
    Sqlite.reset(stmt);
  }

  @Override
  public void clearBindings() {
    if (stmt != 0) {
      Sqlite.clearBindings(stmt);
    }
  }

  @Override
  public int reprepared() {
    return Sqlite.status(stmt, REPREPARED, 0);
  }

  @Override
  public void close() {
    int open = stmt;
    stmt = 0;
    Sqlite.finish(open);
  }

  @Override
  int value(int i) {
    return Sqlite.columnValue(stmt, i);
  }

  @Override
  public int count() {
    return Sqlite.columnCount(stmt);
  }
}
