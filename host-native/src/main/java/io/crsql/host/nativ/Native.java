package io.crsql.host.nativ;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.StaticInit;
import org.teavm.interop.Unmanaged;
import org.teavm.interop.c.Include;

/**
 * The functions of {@code src/main/c/port.h}. Those that go outside the lock are ordinary methods:
 * the collector may run meanwhile. The others are {@link Unmanaged} and cost no more than a call in
 * C.
 */
@Include(value = "port.h", isSystem = false)
@StaticInit
final class Native {
  private Native() {}

  @Unmanaged
  @Import(name = "host_malloc")
  static native Address malloc(long size);

  @Unmanaged
  @Import(name = "host_free")
  static native void free(Address p);

  @Unmanaged
  @Import(name = "host_strlen")
  static native int strlen(Address text);

  @Unmanaged
  @Import(name = "host_errmsg")
  static native Address errmsg(Address connection);

  @Unmanaged
  @Import(name = "host_errcode")
  static native int errcode(Address connection);

  @Unmanaged
  @Import(name = "host_autocommit")
  static native boolean autocommit(Address connection);

  @Unmanaged
  @Import(name = "host_changes")
  static native long changes(Address connection);

  @Unmanaged
  @Import(name = "host_writes")
  static native boolean writes(Address connection, Address schema);

  @Unmanaged
  @Import(name = "host_attached_written")
  static native int attachedWritten(Address connection);

  @Import(name = "host_create_function")
  static native int createFunction(
      Address connection, Address name, int args, int flags, int object);

  @Import(name = "host_create_table")
  static native int createTable(
      Address connection,
      Address name,
      int kind,
      boolean innocuous,
      Address declaration,
      int object);

  @Unmanaged
  @Import(name = "host_set_error")
  static native void setError(Address error, Address utf8, int length);

  @Unmanaged
  @Import(name = "host_table_error")
  static native void tableError(Address vtab, Address utf8, int length);

  @Import(name = "host_prepare")
  static native Address prepare(Address connection, Address sql, int flags);

  @Import(name = "host_step")
  static native int step(Address stmt);

  @Import(name = "host_reset")
  static native void reset(Address stmt);

  @Import(name = "host_finalize")
  static native void finish(Address stmt);

  @Unmanaged
  @Import(name = "host_clear_bindings")
  static native void clearBindings(Address stmt);

  @Unmanaged
  @Import(name = "host_reprepared")
  static native int reprepared(Address stmt);

  @Unmanaged
  @Import(name = "host_bind_null")
  static native int bindNull(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_bind_int64")
  static native int bindLong(Address stmt, int i, long value);

  @Unmanaged
  @Import(name = "host_bind_double")
  static native int bindDouble(Address stmt, int i, double value);

  @Unmanaged
  @Import(name = "host_bind_text")
  static native int bindText(Address stmt, int i, Address utf8, int length);

  @Unmanaged
  @Import(name = "host_bind_blob")
  static native int bindBlob(Address stmt, int i, Address bytes, int length);

  @Unmanaged
  @Import(name = "host_bind_value")
  static native int bindValue(Address stmt, int i, Address value);

  @Unmanaged
  @Import(name = "host_column_count")
  static native int columnCount(Address stmt);

  @Unmanaged
  @Import(name = "host_column_type")
  static native int columnType(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_column_int64")
  static native long columnLong(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_column_double")
  static native double columnDouble(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_column_text")
  static native Address columnText(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_column_blob")
  static native Address columnBlob(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_column_bytes")
  static native int columnBytes(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_column_value")
  static native Address columnValue(Address stmt, int i);

  @Unmanaged
  @Import(name = "host_value_type")
  static native int valueType(Address value);

  @Unmanaged
  @Import(name = "host_value_int64")
  static native long valueLong(Address value);

  @Unmanaged
  @Import(name = "host_value_double")
  static native double valueDouble(Address value);

  @Unmanaged
  @Import(name = "host_value_text")
  static native Address valueText(Address value);

  @Unmanaged
  @Import(name = "host_value_blob")
  static native Address valueBlob(Address value);

  @Unmanaged
  @Import(name = "host_value_bytes")
  static native int valueBytes(Address value);

  @Unmanaged
  @Import(name = "host_result_null")
  static native void resultNull(Address context);

  @Unmanaged
  @Import(name = "host_result_int64")
  static native void resultLong(Address context, long value);

  @Unmanaged
  @Import(name = "host_result_double")
  static native void resultDouble(Address context, double value);

  @Unmanaged
  @Import(name = "host_result_text")
  static native void resultText(Address context, Address utf8, int length);

  @Unmanaged
  @Import(name = "host_result_blob")
  static native void resultBlob(Address context, Address bytes, int length);

  @Unmanaged
  @Import(name = "host_result_value")
  static native void resultValue(Address context, Address value);

  @Unmanaged
  @Import(name = "host_result_error")
  static native void resultError(Address context, Address utf8, int length, int code);

  @Unmanaged
  @Import(name = "host_plan_constraints")
  static native int planConstraints(Address info);

  @Unmanaged
  @Import(name = "host_plan_column")
  static native int planColumn(Address info, int i);

  @Unmanaged
  @Import(name = "host_plan_operator")
  static native int planOperator(Address info, int i);

  @Unmanaged
  @Import(name = "host_plan_usable")
  static native boolean planUsable(Address info, int i);

  @Unmanaged
  @Import(name = "host_plan_orderings")
  static native int planOrderings(Address info);

  @Unmanaged
  @Import(name = "host_plan_order_column")
  static native int planOrderColumn(Address info, int i);

  @Unmanaged
  @Import(name = "host_plan_order_descending")
  static native boolean planOrderDescending(Address info, int i);

  @Unmanaged
  @Import(name = "host_plan_use")
  static native void planUse(Address info, int i, int arg, boolean omit);

  @Unmanaged
  @Import(name = "host_plan_settle")
  static native void planSettle(Address info, int plan, double cost, long rows, boolean ordered);
}
