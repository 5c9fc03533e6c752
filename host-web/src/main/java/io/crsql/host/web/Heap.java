package io.crsql.host.web;

import org.teavm.backend.javascript.spi.GeneratedBy;
import org.teavm.interop.Import;

/**
 * Loads from and stores to the memory of SQLite's module, each of them one instruction ({@code
 * heap.js}): the engine's own module has a memory of its own.
 */
final class Heap {
  private Heap() {}

  @Import(module = "heap", name = "getInt")
  @GeneratedBy(ScriptImport.class)
  static native int getInt(int at);

  @Import(module = "heap", name = "getByte")
  @GeneratedBy(ScriptImport.class)
  static native int getByte(int at);

  @Import(module = "heap", name = "getLong")
  @GeneratedBy(ScriptImport.class)
  static native long getLong(int at);

  @Import(module = "heap", name = "putInt")
  @GeneratedBy(ScriptImport.class)
  static native void putInt(int at, int value);

  @Import(module = "heap", name = "putByte")
  @GeneratedBy(ScriptImport.class)
  static native void putByte(int at, int value);

  @Import(module = "heap", name = "putLong")
  @GeneratedBy(ScriptImport.class)
  static native void putLong(int at, long value);

  @Import(module = "heap", name = "putDouble")
  @GeneratedBy(ScriptImport.class)
  static native void putDouble(int at, double value);
}
