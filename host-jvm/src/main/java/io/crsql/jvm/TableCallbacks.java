package io.crsql.jvm;

import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.VirtualTable;
import io.crsql.sqlite.WritableTable;

/**
 * What SQLite calls for a virtual table outside of scans and transactions. Its {@code sqlite3_vtab}
 * is followed by the handle of its {@link Registered}, which lives longer: until the module goes.
 */
final class TableCallbacks {
  static final Callbacks.Connect CONNECT = TableCallbacks::connect;
  static final Callbacks.WithPointer BEST_INDEX = TableCallbacks::bestIndex;
  static final Callbacks.Plain DISCONNECT = TableCallbacks::disconnect;
  static final Callbacks.Update UPDATE = TableCallbacks::update;

  /** The offset of {@code zErrMsg} in {@code sqlite3_vtab}. */
  static final long ERROR_MESSAGE = 16;

  private static final long HANDLE = 24;
  private static final int SIZE = 32;

  private TableCallbacks() {}

  /** A table as registered. */
  record Registered(VirtualTable table, boolean innocuous) {}

  /** The table behind a {@code sqlite3_vtab}. */
  static VirtualTable table(long vtab) {
    return ((Registered) Handles.get(Mem.getInt(vtab + HANDLE))).table();
  }

  private static int connect(
      long db, long handle, int argc, long argv, long vtabOut, long messageOut) {
    try {
      Registered registered = (Registered) Handles.get(handle);
      byte[] declaration = Mem.cString(registered.table().declaration());
      Failures.check(db, Sqlite.sqlite3_declare_vtab(db, declaration));
      if (registered.innocuous()) {
        Failures.check(db, Sqlite.sqlite3_vtab_config(db, Sqlite.VTAB_INNOCUOUS));
      }
      long vtab = Mem.allocate(SIZE);
      Mem.setInt(vtab + HANDLE, (int) handle);
      Mem.setLong(vtabOut, vtab);
      return Sqlite.OK;
    } catch (Throwable t) {
      Failures.setMessage(messageOut, t);
      return Failures.code(t);
    }
  }

  private static int bestIndex(long vtab, long info) {
    try {
      JvmIndexInfo index = new JvmIndexInfo(info);
      table(vtab).bestIndex(index);
      index.expire();
      return Sqlite.OK;
    } catch (Throwable t) {
      return Failures.ofTable(vtab, t);
    }
  }

  /** SQLite ignores the outcome, but a test asks for internal errors. */
  private static int disconnect(long vtab) {
    int code = Sqlite.OK;
    try {
      table(vtab).disconnect();
    } catch (Throwable t) {
      code = Failures.code(t);
    }
    Sqlite.sqlite3_free(vtab);
    return code;
  }

  /** One argument: DELETE. Else the old and new rowid come before the columns. */
  private static int update(long vtab, int argc, long argv, long rowidOut) {
    try {
      WritableTable table = (WritableTable) table(vtab);
      if (argc == 1) {
        table.delete();
      } else if (Sqlite.sqlite3_value_type(Mem.getLong(argv)) != ValueType.NULL) {
        table.update();
      } else {
        ArgValues row = new ArgValues(argc - 2, argv + 16);
        Mem.setLong(rowidOut, table.insert(row));
        row.expire();
      }
      return Sqlite.OK;
    } catch (Throwable t) {
      return Failures.ofTable(vtab, t);
    }
  }
}
