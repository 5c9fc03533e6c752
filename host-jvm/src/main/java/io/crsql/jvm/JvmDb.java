package io.crsql.jvm;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.VirtualTable;

/** The port on a connection that somebody else has opened and will close. */
public final class JvmDb implements Db {
  /** Databases 0 and 1 are main and temp. */
  private static final int FIRST_ATTACHED = 2;

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
  public boolean writes(String schema) {
    return Sqlite.sqlite3_txn_state(db, Mem.cString(schema)) == Sqlite.TXN_WRITE;
  }

  @Override
  public int attachedWritten() {
    if (Sqlite.sqlite3_libversion_number() < DatabaseNames.SINCE) {
      return -1;
    }
    int written = 0;
    long name;
    for (int i = FIRST_ATTACHED; (name = DatabaseNames.sqlite3_db_name(db, i)) != 0; i++) {
      written += writes(Mem.string(name)) ? 1 : 0;
    }
    return written;
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
