package io.crsql.jvm;

import com.sun.jna.Native;

/**
 * The functions of SQLite's C API that the port needs, under their own names. Pointers are plain
 * {@code long}s: millions of calls go through here, and a {@code Pointer} object for each would be
 * most of their cost.
 */
final class Sqlite {
  static final int OK = 0;
  static final int MISUSE = 21;
  static final int ROW = 100;
  static final int DONE = 101;

  static final int OPEN_READWRITE = 0x2;
  static final int OPEN_CREATE = 0x4;

  static final int PREPARE_PERSISTENT = 1;
  static final int UTF8 = 1;
  static final int VTAB_INNOCUOUS = 2;

  static final int TXN_WRITE = 2;
  static final int STMTSTATUS_REPREPARE = 5;

  /** Tells SQLite to copy the bytes before the call returns. */
  static final long TRANSIENT = -1;

  static {
    Native.register(Sqlite.class, "sqlite3");
  }

  private Sqlite() {}

  static native int sqlite3_open_v2(byte[] path, long dbOut, int flags, long vfs);

  static native int sqlite3_close(long db);

  static native long sqlite3_errmsg(long db);

  static native int sqlite3_extended_errcode(long db);

  static native int sqlite3_get_autocommit(long db);

  static native long sqlite3_changes64(long db);

  static native int sqlite3_libversion_number();

  static native int sqlite3_txn_state(long db, byte[] schema);

  static native long sqlite3_malloc64(long size);

  static native void sqlite3_free(long pointer);

  static native long sqlite3_memory_used();

  static native int sqlite3_prepare_v3(
      long db, long sql, int bytes, int flags, long stmtOut, long tailOut);

  static native int sqlite3_step(long stmt);

  static native int sqlite3_reset(long stmt);

  static native int sqlite3_finalize(long stmt);

  static native int sqlite3_clear_bindings(long stmt);

  static native int sqlite3_stmt_status(long stmt, int counter, int reset);

  static native int sqlite3_bind_null(long stmt, int param);

  static native int sqlite3_bind_int64(long stmt, int param, long value);

  static native int sqlite3_bind_double(long stmt, int param, double value);

  static native int sqlite3_bind_text(long stmt, int param, byte[] text, int bytes, long destroy);

  static native int sqlite3_bind_blob(long stmt, int param, byte[] blob, int bytes, long destroy);

  static native int sqlite3_bind_zeroblob(long stmt, int param, int bytes);

  static native int sqlite3_bind_value(long stmt, int param, long value);

  static native int sqlite3_column_count(long stmt);

  static native int sqlite3_column_type(long stmt, int column);

  static native long sqlite3_column_int64(long stmt, int column);

  static native double sqlite3_column_double(long stmt, int column);

  static native long sqlite3_column_text(long stmt, int column);

  static native long sqlite3_column_blob(long stmt, int column);

  static native int sqlite3_column_bytes(long stmt, int column);

  static native long sqlite3_column_value(long stmt, int column);

  static native int sqlite3_value_type(long value);

  static native long sqlite3_value_int64(long value);

  static native double sqlite3_value_double(long value);

  static native long sqlite3_value_text(long value);

  static native long sqlite3_value_blob(long value);

  static native int sqlite3_value_bytes(long value);

  static native void sqlite3_result_null(long context);

  static native void sqlite3_result_int64(long context, long value);

  static native void sqlite3_result_double(long context, double value);

  static native void sqlite3_result_text(long context, byte[] text, int bytes, long destroy);

  static native void sqlite3_result_blob(long context, byte[] blob, int bytes, long destroy);

  static native void sqlite3_result_zeroblob(long context, int bytes);

  static native void sqlite3_result_value(long context, long value);

  static native void sqlite3_result_error(long context, byte[] message, int bytes);

  static native void sqlite3_result_error_code(long context, int code);

  static native long sqlite3_user_data(long context);

  static native int sqlite3_create_function_v2(
      long db,
      byte[] name,
      int args,
      int flags,
      long userData,
      long function,
      long step,
      long last,
      long destroy);

  static native int sqlite3_create_module_v2(
      long db, byte[] name, long module, long userData, long destroy);

  static native int sqlite3_declare_vtab(long db, byte[] declaration);

  /** Variadic in C, but not for the one option used here, which has no argument. */
  static native int sqlite3_vtab_config(long db, int option);
}
