package io.crsql.host.nativ;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.VirtualTable;
import io.crsql.sqlite.WritableTable;
import java.util.function.Consumer;
import org.teavm.interop.Address;
import org.teavm.interop.Export;
import org.teavm.interop.StaticInit;

/**
 * What C calls ({@code exports.h}), inside the lock. Each catches whatever is thrown: nothing may
 * unwind through SQLite's frames.
 */
@StaticInit
final class Callbacks {
  private static final int OK = 0;

  /** The events of {@code enum transaction_event}. */
  private static final int BEGIN = 0;

  private static final int SYNC = 1;
  private static final int COMMIT = 2;
  private static final int ROLLBACK = 3;
  private static final int SAVEPOINT = 4;

  /** Made while there is memory. */
  private static final OutOfMemoryError OUT_OF_MEMORY = new OutOfMemoryError();

  private static Consumer<Db> extension;

  private Callbacks() {}

  /** Sets what is installed in each connection. */
  static void start(Consumer<Db> installer) {
    extension = installer;
  }

  @Export(name = "java_out_of_memory")
  static void outOfMemory() {
    throw OUT_OF_MEMORY;
  }

  @Export(name = "java_install")
  static int install(Address connection, Address message) {
    try {
      extension.accept(new NativeDb(connection));
      return OK;
    } catch (Throwable error) {
      return Errors.toCaller(error, message);
    }
  }

  @Export(name = "java_release")
  static void release(int object) {
    Handles.release(object);
  }

  @Export(name = "java_call")
  static void call(int function, Address context, int argc, Address argv) {
    Call call = null;
    try {
      call = Call.begin();
      call.arguments.set(argv, 0, argc);
      call.result.set(context);
      ((ScalarFunction) Handles.get(function)).call(call.arguments, call.result);
    } catch (Throwable error) {
      Errors.toResult(error, context);
    }
    end(call);
  }

  private static void end(Call call) {
    if (call != null) {
      call.end();
    }
  }

  @Export(name = "java_plan")
  static int plan(int table, Address vtab, Address info) {
    try {
      QueryPlan plan = new QueryPlan(info);
      ((VirtualTable) Handles.get(table)).bestIndex(plan);
      plan.clear();
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  @Export(name = "java_open")
  static int open(int table, Address vtab, Address cursorOut) {
    try {
      cursorOut.putInt(Handles.add(((VirtualTable) Handles.get(table)).open()));
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  @Export(name = "java_filter")
  static int filter(int cursor, Address vtab, Address eofOut, int plan, int argc, Address argv) {
    Call call = null;
    int code = OK;
    try {
      call = Call.begin();
      call.arguments.set(argv, 0, argc);
      Cursor scan = (Cursor) Handles.get(cursor);
      scan.filter(plan, call.arguments);
      putEof(scan, eofOut);
    } catch (Throwable error) {
      code = Errors.toTable(error, vtab);
    }
    end(call);
    return code;
  }

  @Export(name = "java_next")
  static int next(int cursor, Address vtab, Address eofOut) {
    try {
      Cursor scan = (Cursor) Handles.get(cursor);
      scan.next();
      putEof(scan, eofOut);
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  private static void putEof(Cursor scan, Address eofOut) {
    eofOut.putInt(scan.eof() ? 1 : 0);
  }

  @Export(name = "java_column")
  static int column(int cursor, Address vtab, Address context, int column) {
    Call call = null;
    int code = OK;
    try {
      call = Call.begin();
      call.result.set(context);
      ((Cursor) Handles.get(cursor)).column(call.result, column);
    } catch (Throwable error) {
      code = Errors.toTable(error, vtab);
    }
    end(call);
    return code;
  }

  @Export(name = "java_rowid")
  static int rowid(int cursor, Address vtab, Address rowidOut) {
    try {
      rowidOut.putLong(((Cursor) Handles.get(cursor)).rowid());
      return OK;
    } catch (Throwable error) {
      return Errors.toTable(error, vtab);
    }
  }

  /** There is nobody to report an error to. */
  @Export(name = "java_close")
  static void close(int cursor) {
    try {
      ((Cursor) Handles.get(cursor)).close();
    } catch (Throwable error) {
      // the cursor is gone either way
    }
    Handles.release(cursor);
  }

  /**
   * The arguments are those of SQLite's {@code xUpdate}: old rowid, new rowid, columns; for a
   * DELETE only the first.
   */
  @Export(name = "java_update")
  static int update(int table, Address vtab, int argc, Address argv, Address rowidOut) {
    Call call = null;
    int code = OK;
    try {
      WritableTable writable = (WritableTable) Handles.get(table);
      call = Call.begin();
      call.arguments.set(argv, 0, argc);
      if (argc == 1) {
        writable.delete();
      } else if (call.arguments.type(0) != ValueType.NULL) {
        writable.update();
      } else {
        call.arguments.set(argv, 2, argc - 2);
        rowidOut.putLong(writable.insert(call.arguments));
      }
    } catch (Throwable error) {
      code = Errors.toTable(error, vtab);
    }
    end(call);
    return code;
  }

  @Export(name = "java_transaction")
  static int transaction(int table, Address vtab, int event, int savepoint) {
    try {
      TransactionalTable transactional = (TransactionalTable) Handles.get(table);
      switch (event) {
        case BEGIN -> transactional.begin();
        case SYNC -> transactional.sync();
        case COMMIT -> transactional.commit();
        case ROLLBACK -> transactional.rollback();
        case SAVEPOINT -> transactional.savepoint(savepoint);
        default -> transactional.rollbackTo(savepoint);
      }
      return OK;
    } catch (Throwable error) {
      // only of these two does SQLite take a message
      return event == BEGIN || event == SYNC ? Errors.toTable(error, vtab) : Errors.code(error);
    }
  }

  /** There is nobody to report an error to. */
  @Export(name = "java_disconnect")
  static void disconnect(int table) {
    try {
      ((VirtualTable) Handles.get(table)).disconnect();
    } catch (Throwable error) {
      // the table is gone either way
    }
  }
}
