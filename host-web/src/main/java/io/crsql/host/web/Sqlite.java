package io.crsql.host.web;

import org.teavm.backend.javascript.spi.GeneratedBy;
import org.teavm.interop.Import;

/**
 * SQLite's C API, as its WebAssembly module exports it: pointers are ints. It has no bind_value,
 * result_value, vtab_config or mprintf.
 */
final class Sqlite {
  private Sqlite() {}

  // Connections.

  @Import(module = "sqlite", name = "sqlite3_errmsg")
  @GeneratedBy(ScriptImport.class)
  static native int errmsg(int db);

  @Import(module = "sqlite", name = "sqlite3_extended_errcode")
  @GeneratedBy(ScriptImport.class)
  static native int extendedErrcode(int db);

  @Import(module = "sqlite", name = "sqlite3_get_autocommit")
  @GeneratedBy(ScriptImport.class)
  static native int autocommit(int db);

  @Import(module = "sqlite", name = "sqlite3_txn_state")
  @GeneratedBy(ScriptImport.class)
  static native int transactionState(int db, int schema);

  @Import(module = "sqlite", name = "sqlite3_db_name")
  @GeneratedBy(ScriptImport.class)
  static native int databaseName(int db, int i);

  @Import(module = "sqlite", name = "sqlite3_changes64")
  @GeneratedBy(ScriptImport.class)
  static native long changes(int db);

  @Import(module = "sqlite", name = "sqlite3_create_function_v2")
  @GeneratedBy(ScriptImport.class)
  static native int createFunction(
      int db,
      int name,
      int args,
      int flags,
      int user,
      int function,
      int step,
      int last,
      int destroy);

  @Import(module = "sqlite", name = "sqlite3_create_module_v2")
  @GeneratedBy(ScriptImport.class)
  static native int createModule(int db, int name, int module, int user, int destroy);

  @Import(module = "sqlite", name = "sqlite3_declare_vtab")
  @GeneratedBy(ScriptImport.class)
  static native int declareTable(int db, int declaration);

  @Import(module = "sqlite", name = "sqlite3__wasm_vtab_config")
  @GeneratedBy(ScriptImport.class)
  static native int configureTable(int db, int option, int argument);

  // Statements.

  @Import(module = "sqlite", name = "sqlite3_prepare_v3")
  @GeneratedBy(ScriptImport.class)
  static native int prepare(int db, int sql, int length, int flags, int stmtOut, int tailOut);

  @Import(module = "sqlite", name = "sqlite3_step")
  @GeneratedBy(ScriptImport.class)
  static native int step(int stmt);

  @Import(module = "sqlite", name = "sqlite3_reset")
  @GeneratedBy(ScriptImport.class)
  static native int reset(int stmt);

  @Import(module = "sqlite", name = "sqlite3_finalize")
  @GeneratedBy(ScriptImport.class)
  static native int finish(int stmt);

  @Import(module = "sqlite", name = "sqlite3_clear_bindings")
  @GeneratedBy(ScriptImport.class)
  static native int clearBindings(int stmt);

  @Import(module = "sqlite", name = "sqlite3_stmt_status")
  @GeneratedBy(ScriptImport.class)
  static native int status(int stmt, int counter, int clear);

  @Import(module = "sqlite", name = "sqlite3_bind_null")
  @GeneratedBy(ScriptImport.class)
  static native int bindNull(int stmt, int param);

  @Import(module = "sqlite", name = "sqlite3_bind_int64")
  @GeneratedBy(ScriptImport.class)
  static native int bindLong(int stmt, int param, long value);

  @Import(module = "sqlite", name = "sqlite3_bind_double")
  @GeneratedBy(ScriptImport.class)
  static native int bindDouble(int stmt, int param, double value);

  @Import(module = "sqlite", name = "sqlite3_bind_text")
  @GeneratedBy(ScriptImport.class)
  static native int bindText(int stmt, int param, int utf8, int length, int destructor);

  @Import(module = "sqlite", name = "sqlite3_bind_blob")
  @GeneratedBy(ScriptImport.class)
  static native int bindBlob(int stmt, int param, int bytes, int length, int destructor);

  @Import(module = "sqlite", name = "sqlite3_bind_zeroblob")
  @GeneratedBy(ScriptImport.class)
  static native int bindZeroes(int stmt, int param, int length);

  @Import(module = "sqlite", name = "sqlite3_column_count")
  @GeneratedBy(ScriptImport.class)
  static native int columnCount(int stmt);

  @Import(module = "sqlite", name = "sqlite3_column_value")
  @GeneratedBy(ScriptImport.class)
  static native int columnValue(int stmt, int column);

  // Values.

  @Import(module = "sqlite", name = "sqlite3_value_type")
  @GeneratedBy(ScriptImport.class)
  static native int valueType(int value);

  @Import(module = "sqlite", name = "sqlite3_value_int64")
  @GeneratedBy(ScriptImport.class)
  static native long valueLong(int value);

  @Import(module = "sqlite", name = "sqlite3_value_double")
  @GeneratedBy(ScriptImport.class)
  static native double valueDouble(int value);

  @Import(module = "sqlite", name = "sqlite3_value_text")
  @GeneratedBy(ScriptImport.class)
  static native int valueText(int value);

  @Import(module = "sqlite", name = "sqlite3_value_blob")
  @GeneratedBy(ScriptImport.class)
  static native int valueBlob(int value);

  @Import(module = "sqlite", name = "sqlite3_value_bytes")
  @GeneratedBy(ScriptImport.class)
  static native int valueBytes(int value);

  // Results.

  @Import(module = "sqlite", name = "sqlite3_user_data")
  @GeneratedBy(ScriptImport.class)
  static native int userData(int context);

  @Import(module = "sqlite", name = "sqlite3_result_null")
  @GeneratedBy(ScriptImport.class)
  static native void resultNull(int context);

  @Import(module = "sqlite", name = "sqlite3_result_int64")
  @GeneratedBy(ScriptImport.class)
  static native void resultLong(int context, long value);

  @Import(module = "sqlite", name = "sqlite3_result_double")
  @GeneratedBy(ScriptImport.class)
  static native void resultDouble(int context, double value);

  @Import(module = "sqlite", name = "sqlite3_result_text")
  @GeneratedBy(ScriptImport.class)
  static native void resultText(int context, int utf8, int length, int destructor);

  @Import(module = "sqlite", name = "sqlite3_result_blob")
  @GeneratedBy(ScriptImport.class)
  static native void resultBlob(int context, int bytes, int length, int destructor);

  @Import(module = "sqlite", name = "sqlite3_result_zeroblob")
  @GeneratedBy(ScriptImport.class)
  static native void resultZeroes(int context, int length);

  @Import(module = "sqlite", name = "sqlite3_result_error")
  @GeneratedBy(ScriptImport.class)
  static native void resultError(int context, int utf8, int length);

  @Import(module = "sqlite", name = "sqlite3_result_error_code")
  @GeneratedBy(ScriptImport.class)
  static native void resultErrorCode(int context, int code);

  // Memory.

  @Import(module = "sqlite", name = "sqlite3_malloc")
  @GeneratedBy(ScriptImport.class)
  static native int malloc(int size);

  @Import(module = "sqlite", name = "sqlite3_free")
  @GeneratedBy(ScriptImport.class)
  static native void free(int pointer);
}
