package io.crsql.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes wait in memory until peers read them. When they are too many, nothing more is made
 * for anybody until some have gone. Thread-safe.
 */
final class Unsent {
  private final long most;
  private final AtomicLong bytes = new AtomicLong();

  Unsent(long most) {
    this.most = most;
  }

  void add(long more) {
    bytes.addAndGet(more);
  }

  boolean isTooMuch() {
    return bytes.get() > most;
  }

  long bytes() {
    return bytes.get();
  }
}
