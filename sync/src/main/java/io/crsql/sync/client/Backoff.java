package io.crsql.sync.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long each time, and a random share of it, so
 * that a hub that comes back is not met by all at once. Not thread-safe.
 */
final class Backoff {
  private final long least;
  private final long most;
  private final RandomGenerator random;
  private long next;

  Backoff(Duration least, Duration most, RandomGenerator random) {
    this.least = least.toNanos();
    this.most = most.toNanos();
    this.random = random;
    reset();
  }

  /** Something has worked. */
  void reset() {
    next = least;
  }

  /** The nanoseconds to wait now: at least half of what is due. */
  long next() {
    long due = next;
    next = due > most / 2 ? most : 2 * due;
    return due / 2 + random.nextLong(due / 2 + 1);
  }
}
