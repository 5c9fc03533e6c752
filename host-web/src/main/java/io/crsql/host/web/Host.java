package io.crsql.host.web;

import org.teavm.backend.javascript.spi.GeneratedBy;
import org.teavm.interop.Import;

/** What JavaScript is told while SQLite is at work; it acts on it once SQLite has returned. */
final class Host {
  private Host() {}

  /** A transaction that wrote replicated tables has committed. */
  @Import(module = "host", name = "committed")
  @GeneratedBy(ScriptImport.class)
  static native void committed(int db);

  /** The connection is closing. */
  @Import(module = "host", name = "closed")
  @GeneratedBy(ScriptImport.class)
  static native void closed(int db);
}
