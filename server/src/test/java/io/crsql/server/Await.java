package io.crsql.server;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.Callable;

/** Waits for what other threads bring about. */
final class Await {
  private static final long MOST_NANOS = 60_000_000_000L;

  private Await() {}

  static void until(String what, Callable<Boolean> condition) {
    long start = System.nanoTime();
    try {
      while (!condition.call()) {
        if (System.nanoTime() - start > MOST_NANOS) {
          fail("not within a minute: " + what);
        }
        Thread.sleep(5);
      }
    } catch (Exception e) {
      throw new AssertionError("while waiting for: " + what, e);
    }
  }
}
