package io.crsql.jvm;

import io.crsql.sqlite.Cursor;

/**
 * What SQLite calls for a scan. Its {@code sqlite3_vtab_cursor} is followed by the handle of its
 * {@link Scan}.
 */
final class CursorCallbacks {
  static final Callbacks.WithPointer OPEN = CursorCallbacks::open;
  static final Callbacks.Plain CLOSE = CursorCallbacks::close;
  static final Callbacks.Filter FILTER = CursorCallbacks::filter;
  static final Callbacks.Plain NEXT = CursorCallbacks::next;
  static final Callbacks.Plain EOF = CursorCallbacks::eof;
  static final Callbacks.Column COLUMN = CursorCallbacks::column;
  static final Callbacks.WithPointer ROWID = CursorCallbacks::rowid;

  private static final long HANDLE = 8;
  private static final int SIZE = 16;

  private CursorCallbacks() {}

  /**
   * An open cursor. Whether it is at its end is asked at each move, not when SQLite wants to know:
   * {@code xEof} has no way to report an error.
   */
  private static final class Scan {
    final Cursor cursor;
    boolean eof = true;

    Scan(Cursor cursor) {
      this.cursor = cursor;
    }
  }

  private static Scan scan(long cursor) {
    return (Scan) Handles.get(Mem.getInt(cursor + HANDLE));
  }

  private static int fail(long cursor, Throwable t) {
    return Failures.ofTable(Mem.getLong(cursor), t);
  }

  private static int open(long vtab, long cursorOut) {
    try {
      Scan scan = new Scan(TableCallbacks.table(vtab).open());
      long cursor = Mem.allocate(SIZE);
      Mem.setInt(cursor + HANDLE, Handles.put(scan));
      Mem.setLong(cursorOut, cursor);
      return Sqlite.OK;
    } catch (Throwable t) {
      return Failures.ofTable(vtab, t);
    }
  }

  private static int close(long cursor) {
    int code = Sqlite.OK;
    try {
      scan(cursor).cursor.close();
    } catch (Throwable t) {
      code = fail(cursor, t);
    }
    Handles.remove(Mem.getInt(cursor + HANDLE));
    Sqlite.sqlite3_free(cursor);
    return code;
  }

  private static int filter(long cursor, int plan, long planText, int argc, long argv) {
    try {
      Scan scan = scan(cursor);
      ArgValues args = new ArgValues(argc, argv);
      scan.eof = true;
      scan.cursor.filter(plan, args);
      args.expire();
      scan.eof = scan.cursor.eof();
      return Sqlite.OK;
    } catch (Throwable t) {
      return fail(cursor, t);
    }
  }

  private static int next(long cursor) {
    try {
      Scan scan = scan(cursor);
      scan.cursor.next();
      scan.eof = scan.cursor.eof();
      return Sqlite.OK;
    } catch (Throwable t) {
      return fail(cursor, t);
    }
  }

  private static int eof(long cursor) {
    return scan(cursor).eof ? 1 : 0;
  }

  private static int column(long cursor, long context, int column) {
    try {
      JvmResult result = new JvmResult(context);
      scan(cursor).cursor.column(result, column);
      result.expire();
      return Sqlite.OK;
    } catch (Throwable t) {
      return fail(cursor, t);
    }
  }

  private static int rowid(long cursor, long rowidOut) {
    try {
      Mem.setLong(rowidOut, scan(cursor).cursor.rowid());
      return Sqlite.OK;
    } catch (Throwable t) {
      return fail(cursor, t);
    }
  }
}
