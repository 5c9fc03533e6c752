package io.crsql.host.web;

import io.crsql.engine.Extension;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Failure;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.WritableTable;

/**
 * What SQLite and JavaScript call. Each catches whatever is thrown: nothing may unwind through
 * SQLite's frames.
 *
 * <p>SQLite's structures, in 32-bit WebAssembly: a {@code sqlite3_vtab} has 12 bytes, behind which
 * stands the handle of its {@link Registration}; a {@code sqlite3_vtab_cursor} has 4, behind which
 * stands the handle of its {@link Cursor}.
 */
final class Callbacks {
  private static final int OK = 0;

  /** {@code SQLITE_VTAB_INNOCUOUS}. */
  private static final int INNOCUOUS = 2;

  private static final int VTAB_HANDLE = 12;
  private static final int VTAB_SIZE = 16;
  private static final int CURSOR_HANDLE = 4;
  private static final int CURSOR_SIZE = 8;

  private Callbacks() {}

  private static Registration registration(int vtab) {
    return (Registration) Handles.get(Heap.getInt(vtab + VTAB_HANDLE));
  }

  private static TransactionalTable transactional(int vtab) {
    return (TransactionalTable) registration(vtab).table();
  }

  private static Cursor scan(int cursor) {
    return (Cursor) Handles.get(Heap.getInt(cursor + CURSOR_HANDLE));
  }

  private static int vtab(int cursor) {
    return Heap.getInt(cursor);
  }

  static int install(int db, int messageOut) {
    try {
      Extension.install(new WebDb(db));
      return OK;
    } catch (Throwable error) {
      return Errors.toCaller(error, messageOut);
    }
  }

  static void function(int context, int argc, int argv) {
    Call call = Call.begin();
    try {
      call.arguments.set(argv, 0, argc);
      call.result.set(context);
      ((ScalarFunction) Handles.get(Sqlite.userData(context))).call(call.arguments, call.result);
    } catch (Throwable error) {
      Errors.toResult(error, context);
    }
    call.end();
  }

  static void release(int handle) {
    Handles.release(handle);
  }

  static int connect(int db, int user, int argc, int argv, int vtabOut, int messageOut) {
    try {
      Registration registration = (Registration) Handles.get(user);
      if (registration.innocuous()) {
        Sqlite.configureTable(db, INNOCUOUS, 0);
      }
      int declaration = Memory.copy(registration.table().declaration());
      int code = Sqlite.declareTable(db, declaration);
      Sqlite.free(declaration);
      if (code == OK) {
        int vtab = Memory.allocateZeroed(VTAB_SIZE);
        Heap.putInt(vtab + VTAB_HANDLE, Handles.add(registration));
        Heap.putInt(vtabOut, vtab);
      }
      return code;
    } catch (Throwable error) {
      return Errors.toCaller(error, messageOut);
    }
  }

  static int disconnect(int vtab) {
    try {
      Registration registration = registration(vtab);
      registration.table().disconnect();
      if (registration.table() instanceof TransactionalTable) {
        // a connection has one, for as long as it is open
        int db = registration.db().pointer();
        Stores.close(db);
        Host.closed(db);
      }
    } catch (Throwable error) {
      // there is nobody to report it to, and the table is gone either way
    }
    Handles.release(Heap.getInt(vtab + VTAB_HANDLE));
    Sqlite.free(vtab);
    return OK;
  }

  static int bestIndex(int vtab, int info) {
    try {
      QueryPlan plan = new QueryPlan(info);
      registration(vtab).table().bestIndex(plan);
      plan.clear();
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  static int open(int vtab, int cursorOut) {
    try {
      int cursor = Memory.allocateZeroed(CURSOR_SIZE);
      try {
        Heap.putInt(cursor + CURSOR_HANDLE, Handles.add(registration(vtab).table().open()));
      } catch (Throwable error) {
        Sqlite.free(cursor);
        throw error;
      }
      Heap.putInt(cursorOut, cursor);
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  static int close(int cursor) {
    try {
      scan(cursor).close();
    } catch (Throwable error) {
      // there is nobody to report it to, and the cursor is gone either way
    }
    Handles.release(Heap.getInt(cursor + CURSOR_HANDLE));
    Sqlite.free(cursor);
    return OK;
  }

  static int filter(int cursor, int plan, int text, int argc, int argv) {
    Call call = Call.begin();
    int code = OK;
    try {
      call.arguments.set(argv, 0, argc);
      scan(cursor).filter(plan, call.arguments);
    } catch (Throwable error) {
      code = Errors.toTable(error, vtab(cursor));
    }
    call.end();
    return code;
  }

  static int next(int cursor) {
    try {
      scan(cursor).next();
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab(cursor));
    }
  }

  /** Only tells what the cursor knows, and cannot fail. */
  static int eof(int cursor) {
    return scan(cursor).eof() ? 1 : 0;
  }

  static int column(int cursor, int context, int column) {
    Call call = Call.begin();
    int code = OK;
    try {
      call.result.set(context);
      scan(cursor).column(call.result, column);
    } catch (Throwable error) {
      code = Errors.toTable(error, vtab(cursor));
    }
    call.end();
    return code;
  }

  static int rowid(int cursor, int rowidOut) {
    try {
      Heap.putLong(rowidOut, scan(cursor).rowid());
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab(cursor));
    }
  }

  /**
   * The arguments are those of SQLite's {@code xUpdate}: old rowid, new rowid, columns; for a
   * DELETE only the first.
   */
  static int update(int vtab, int argc, int argv, int rowidOut) {
    Call call = Call.begin();
    int code = OK;
    try {
      WritableTable writable = (WritableTable) registration(vtab).table();
      call.arguments.set(argv, 0, argc);
      if (argc == 1) {
        writable.delete();
      } else if (call.arguments.type(0) != ValueType.NULL) {
        writable.update();
      } else {
        call.arguments.set(argv, 2, argc - 2);
        Heap.putLong(rowidOut, writable.insert(call.arguments));
      }
    } catch (Throwable error) {
      code = Errors.toTable(error, vtab);
    }
    call.end();
    return code;
  }

  static int begin(int vtab) {
    try {
      transactional(vtab).begin();
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  static int sync(int vtab) {
    try {
      transactional(vtab).sync();
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  static int commit(int vtab) {
    try {
      transactional(vtab).commit();
      Host.committed(registration(vtab).db().pointer());
      return OK;
    } catch (Throwable error) {
      return Failure.code(error);
    }
  }

  static int rollback(int vtab) {
    try {
      transactional(vtab).rollback();
      return OK;
    } catch (Throwable error) {
      return Failure.code(error);
    }
  }

  /**
   * Every statement that fires a trigger begins a savepoint. Of those the engine wants to know
   * whether a further attached database is written, which it is not if none is attached.
   */
  static int savepoint(int vtab, int id) {
    try {
      if (registration(vtab).db().attached()) {
        transactional(vtab).savepoint(id);
      }
      return OK;
    } catch (Throwable error) {
      return Failure.code(error);
    }
  }

  static int rollbackTo(int vtab, int id) {
    try {
      transactional(vtab).rollbackTo(id);
      return OK;
    } catch (Throwable error) {
      return Failure.code(error);
    }
  }
}
