package io.crsql.host.nativ;

import io.crsql.engine.Extension;

/** What TeaVM compiles, and the library's start-up runs once per process. */
public final class Main {
  private Main() {}

  /** Makes the engine what is installed in each connection. */
  public static void main(String[] args) {
    Callbacks.start(Extension::install);
  }
}
