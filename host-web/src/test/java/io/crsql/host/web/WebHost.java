package io.crsql.host.web;

import io.crsql.conformance.Database;
import io.crsql.conformance.Host;

/**
 * Runs the conformance tests on SQLite's WebAssembly module: in Node, or with {@code
 * -Dcrsql.web.guest=chromium} in a browser; with the engine as WebAssembly, or with {@code
 * -Dcrsql.web.engine=script} as JavaScript.
 */
public final class WebHost implements Host {
  private static final String GUEST = System.getProperty("crsql.web.guest", "node");
  private static final String ENGINE = System.getProperty("crsql.web.engine", "wasm");

  private static Exchange exchange;

  private static synchronized Exchange exchange() {
    Guest.require(GUEST);
    if (exchange == null) {
      exchange = new Exchange();
      Guest.start(GUEST, ENGINE, exchange.url());
    }
    return exchange;
  }

  @Override
  public String name() {
    return GUEST + ", " + ENGINE;
  }

  @Override
  public Database open(String path) {
    return new WebDatabase(exchange(), path, true);
  }

  @Override
  public Database openPlain(String path) {
    return new WebDatabase(exchange(), path, false);
  }
}
