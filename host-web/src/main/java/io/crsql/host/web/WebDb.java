package io.crsql.host.web;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.VirtualTable;

/** A connection: a {@code sqlite3 *}. */
final class WebDb implements Db {
  /** SQLite's {@code SQLITE_PREPARE_PERSISTENT}. */
  private static final int PERSISTENT = 1;

  /** {@code SQLITE_UTF8}. */
  private static final int UTF8 = 1;

  /** {@code SQLITE_TXN_WRITE}. */
  private static final int WRITES = 2;

  /** Databases 0 and 1 are main and temp. */
  private static final int FIRST_ATTACHED = 2;

  /** Where SQLite puts a pointer, which is read at once. */
  private static int out;

  private final int db;

  WebDb(int db) {
    this.db = db;
  }

  /** Its {@code sqlite3 *}. */
  int pointer() {
    return db;
  }

  private static int out() {
    if (out == 0) {
      out = Memory.allocate(4);
    }
    return out;
  }

  /** The error of the routine that has just failed. */
  SqliteException error() {
    return new SqliteException(Sqlite.extendedErrcode(db), Memory.text(Sqlite.errmsg(db)));
  }

  @Override
  public Stmt prepare(String sql) {
    return prepare(sql, PERSISTENT);
  }

  private Stmt prepare(String sql, int flags) {
    int text = Memory.copy(sql);
    int code = Sqlite.prepare(db, text, -1, flags, out(), 0);
    Sqlite.free(text);
    if (code != 0) {
      throw error();
    }
    int stmt = Heap.getInt(out());
    if (stmt == 0) {
      throw new SqliteException(SqliteException.ERROR, "not a statement: " + sql);
    }
    return new WebStmt(this, stmt);
  }

  @Override
  public void exec(String sql) {
    try (Stmt stmt = prepare(sql, 0)) {
      while (stmt.step()) {
        continue;
      }
    }
  }

  @Override
  public boolean autocommit() {
    return Sqlite.autocommit(db) != 0;
  }

  @Override
  public boolean writes(String schema) {
    int text = Memory.copy(schema);
    boolean writes = writes(text);
    Sqlite.free(text);
    return writes;
  }

  private boolean writes(int schema) {
    return Sqlite.transactionState(db, schema) == WRITES;
  }

  @Override
  public int attachedWritten() {
    int written = 0;
    int name = Sqlite.databaseName(db, FIRST_ATTACHED);
    for (int i = FIRST_ATTACHED; name != 0; i++) {
      written += writes(name) ? 1 : 0;
      name = Sqlite.databaseName(db, i + 1);
    }
    return written;
  }

  /** Whether any database is attached. */
  boolean attached() {
    return Sqlite.databaseName(db, FIRST_ATTACHED) != 0;
  }

  @Override
  public long changes() {
    return Sqlite.changes(db);
  }

  @Override
  public void scalar(String name, int args, int flags, ScalarFunction function) {
    int text = Memory.copy(name);
    int code =
        Sqlite.createFunction(
            db,
            text,
            args,
            flags | UTF8,
            Handles.add(function),
            Callback.pointer(Callback.FUNCTION),
            0,
            0,
            Callback.pointer(Callback.RELEASE));
    Sqlite.free(text);
    check(code);
  }

  @Override
  public void table(String name, boolean innocuous, VirtualTable table) {
    int text = Memory.copy(name);
    int code =
        Sqlite.createModule(
            db,
            text,
            Callback.module(table),
            Handles.add(new Registration(this, table, innocuous)),
            Callback.pointer(Callback.RELEASE));
    Sqlite.free(text);
    check(code);
  }

  private void check(int code) {
    if (code != 0) {
      throw error();
    }
  }
}
