package io.crsql.jvm;

import com.sun.jna.Callback;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.VirtualTable;
import io.crsql.sqlite.WritableTable;

/**
 * The three {@code sqlite3_module}s, one for each kind of table, made once and kept for ever:
 * SQLite refers to them for as long as any connection is open.
 */
final class Modules {
  private static final int SIZE = 200;

  private static final long READ_ONLY = readOnly();
  private static final long WRITABLE = writable();
  private static final long TRANSACTIONAL = transactional();

  private Modules() {}

  /** The module for {@code table}, by the interfaces that it implements. */
  static long of(VirtualTable table) {
    if (table instanceof TransactionalTable) {
      return TRANSACTIONAL;
    }
    return table instanceof WritableTable ? WRITABLE : READ_ONLY;
  }

  /** Without {@code xCreate}: the table exists by itself, and only so. */
  private static long readOnly() {
    long module = Mem.allocate(SIZE);
    set(module, 16, TableCallbacks.CONNECT);
    set(module, 24, TableCallbacks.BEST_INDEX);
    set(module, 32, TableCallbacks.DISCONNECT);
    set(module, 48, CursorCallbacks.OPEN);
    set(module, 56, CursorCallbacks.CLOSE);
    set(module, 64, CursorCallbacks.FILTER);
    set(module, 72, CursorCallbacks.NEXT);
    set(module, 80, CursorCallbacks.EOF);
    set(module, 88, CursorCallbacks.COLUMN);
    set(module, 96, CursorCallbacks.ROWID);
    return module;
  }

  private static long writable() {
    long module = readOnly();
    set(module, 104, TableCallbacks.UPDATE);
    return module;
  }

  /** Version 2 of the structure is the first to have savepoints. */
  private static long transactional() {
    long module = writable();
    Mem.setInt(module, 2);
    set(module, 112, TransactionCallbacks.BEGIN);
    set(module, 120, TransactionCallbacks.SYNC);
    set(module, 128, TransactionCallbacks.COMMIT);
    set(module, 136, TransactionCallbacks.ROLLBACK);
    set(module, 160, TransactionCallbacks.SAVEPOINT);
    set(module, 176, TransactionCallbacks.ROLLBACK_TO);
    return module;
  }

  private static void set(long module, int offset, Callback callback) {
    Mem.setLong(module + offset, NativeFunctions.address(callback));
  }
}
