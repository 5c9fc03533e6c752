package io.crsql.server;

import org.eclipse.jetty.websocket.api.Session;

/**
 * Decides when the next bytes of a connection are read: not while much of what it has sent waits to
 * be worked off, nor while much of what it was sent waits to be read by it. Thread-safe.
 */
final class Demand {
  private static final int MOST_WAITING = 256 << 10;

  private final Session socket;
  private final long mostUnsent;
  private long waiting;
  private long unsent;
  private boolean demanded;

  Demand(Session socket, long mostUnsent) {
    this.socket = socket;
    this.mostUnsent = mostUnsent;
  }

  synchronized void start() {
    next();
  }

  synchronized void arrived(int bytes) {
    demanded = false;
    waiting += bytes;
    next();
  }

  synchronized void worked(int bytes, long unsentNow) {
    waiting -= bytes;
    unsent = unsentNow;
    next();
  }

  private void next() {
    if (!demanded && waiting < MOST_WAITING && unsent <= mostUnsent) {
      demanded = true;
      socket.demand();
    }
  }
}
