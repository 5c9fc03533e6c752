package io.crsql.host.web;

import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.VirtualTable;
import io.crsql.sqlite.WritableTable;

/** The functions that SQLite calls, by their numbers in {@code callbacks.js}. */
final class Callback {
  static final int FUNCTION = 0;
  static final int RELEASE = 1;

  /** The first of those of {@code sqlite3_module}, in the order of {@link #PLACES}. */
  private static final int FIRST_OF_TABLE = 2;

  /**
   * Where {@code sqlite3_module} has them: xConnect, xBestIndex, xDisconnect, xOpen, xClose,
   * xFilter, xNext, xEof, xColumn, xRowid; xUpdate; xBegin, xSync, xCommit, xRollback, xSavepoint,
   * xRollbackTo. Without xCreate a table is eponymous only.
   */
  private static final int[] PLACES = {
    8, 12, 16, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 80, 88
  };

  private static final int READ_ONLY = 10;
  private static final int WRITABLE = 11;

  private static final int MODULE_SIZE = 100;
  private static final int MODULE_VERSION = 2;

  /** How many there are. */
  static final int COUNT = FIRST_OF_TABLE + PLACES.length;

  private static final int[] POINTERS = new int[COUNT];

  /** The {@code sqlite3_module} with the first so many of {@link #PLACES}, once it is needed. */
  private static final int[] MODULES = new int[PLACES.length + 1];

  private Callback() {}

  /** Sets where SQLite finds a function. */
  static void set(int number, int pointer) {
    POINTERS[number] = pointer;
  }

  static int pointer(int number) {
    return POINTERS[number];
  }

  /** The {@code sqlite3_module} for what a table can do. */
  static int module(VirtualTable table) {
    if (table instanceof TransactionalTable) {
      return module(PLACES.length);
    }
    return module(table instanceof WritableTable ? WRITABLE : READ_ONLY);
  }

  private static int module(int functions) {
    if (MODULES[functions] == 0) {
      int module = Memory.allocateZeroed(MODULE_SIZE);
      Heap.putInt(module, MODULE_VERSION);
      for (int i = 0; i < functions; i++) {
        Heap.putInt(module + PLACES[i], POINTERS[FIRST_OF_TABLE + i]);
      }
      MODULES[functions] = module;
    }
    return MODULES[functions];
  }
}
