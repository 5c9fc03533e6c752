package io.crsql.host.nativ;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.VirtualTable;
import io.crsql.sqlite.WritableTable;
import org.teavm.interop.Address;

/** A connection: {@code struct connection} in {@code connection.h}. */
final class NativeDb implements Db {
  /** SQLite's {@code SQLITE_PREPARE_PERSISTENT}. */
  private static final int PERSISTENT = 1;

  private static final int READ_ONLY = 0;
  private static final int WRITABLE = 1;
  private static final int TRANSACTIONAL = 2;

  private final Address connection;

  NativeDb(Address connection) {
    this.connection = connection;
  }

  /** The error of the routine that has just failed. */
  SqliteException error() {
    return new SqliteException(Native.errcode(connection), Memory.text(Native.errmsg(connection)));
  }

  @Override
  public Stmt prepare(String sql) {
    return prepare(sql, PERSISTENT);
  }

  private Stmt prepare(String sql, int flags) {
    Address text = Memory.copy(sql);
    Address stmt = Native.prepare(connection, text, flags);
    Native.free(text);
    if (stmt == null) {
      throw Native.errcode(connection) == 0
          ? new SqliteException(SqliteException.ERROR, "not a statement: " + sql)
          : error();
    }
    return new NativeStmt(this, stmt);
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
    return Native.autocommit(connection);
  }

  @Override
  public boolean writes(String schema) {
    Address text = Memory.copy(schema);
    boolean writes = Native.writes(connection, text);
    Native.free(text);
    return writes;
  }

  @Override
  public int attachedWritten() {
    return Native.attachedWritten(connection);
  }

  @Override
  public long changes() {
    return Native.changes(connection);
  }

  @Override
  public void scalar(String name, int args, int flags, ScalarFunction function) {
    Address text = Memory.copy(name);
    int code = Native.createFunction(connection, text, args, flags, Handles.add(function));
    Native.free(text);
    check(code);
  }

  @Override
  public void table(String name, boolean innocuous, VirtualTable table) {
    Address text = Memory.copy(name);
    Address declaration = Memory.copy(table.declaration());
    int code =
        Native.createTable(
            connection, text, kind(table), innocuous, declaration, Handles.add(table));
    Native.free(declaration);
    Native.free(text);
    check(code);
  }

  private static int kind(VirtualTable table) {
    if (table instanceof TransactionalTable) {
      return TRANSACTIONAL;
    }
    return table instanceof WritableTable ? WRITABLE : READ_ONLY;
  }

  private void check(int code) {
    if (code == Memory.NOMEM) {
      throw Memory.outOfMemory();
    }
    if (code != 0) {
      throw error();
    }
  }
}
