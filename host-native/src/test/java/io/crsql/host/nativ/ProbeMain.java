package io.crsql.host.nativ;

/**
 * What the test library is compiled from: in place of the engine, functions and tables that use
 * every method of the port.
 */
public final class ProbeMain {
  private ProbeMain() {}

  /** Makes the probe what is installed in each connection. */
  public static void main(String[] args) {
    Callbacks.start(Probe::install);
  }
}
