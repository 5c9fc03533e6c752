package io.crsql.jvm;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.VirtualTable;

/** The port on a connection that somebody else has opened and will close. */
public final class JvmDb implements Db {
  private final long db;

  /**
   * Wraps a connection.
   *
   * @param db the address of the {@code sqlite3} object
   */
  public JvmDb(long db) {
    this.db = db;
  }

  @Override
  public Stmt prepare(String sql) {
    return Sql.prepare(db, sql, Sqlite.PREPARE_PERSISTENT);
  }

  @Override
  public void exec(String sql) {
    try (JvmStmt stmt = Sql.prepare(db, sql, 0)) {
      while (stmt.step()) {
        continue;
      }
    }
  }

  @Override
  public boolean autocommit() {
    return Sqlite.sqlite3_get_autocommit(db) != 0;
  }

  @Override
  public long changes() {
    return Sqlite.sqlite3_changes64(db);
  }

  @Override
  public void scalar(String name, int args, int flags, ScalarFunction function) {
    Failures.check(
        db,
        Sqlite.sqlite3_create_function_v2(
            db,
            Mem.cString(name),
            args,
            Sqlite.UTF8 | flags,
            Handles.put(function),
            FunctionCallbacks.CALL_ADDRESS,
            0,
            0,
            FunctionCallbacks.DESTROY_ADDRESS));
  }

  @Override
  public void table(String name, boolean innocuous, VirtualTable table) {
    Failures.check(
        db,
        Sqlite.sqlite3_create_module_v2(
            db,
            Mem.cString(name),
            Modules.of(table),
            Handles.put(new TableCallbacks.Registered(table, innocuous)),
            FunctionCallbacks.DESTROY_ADDRESS));
  }
}
