package io.crsql.server;

import java.util.Arrays;

/** How much has happened in each of the last 60 seconds. Not thread-safe. */
final class Activity {
  private static final int SECONDS = 60;

  private final long[] counts = new long[SECONDS];
  private long now = System.nanoTime() / 1_000_000_000;

  void add(long count) {
    advance();
    counts[(int) Math.floorMod(now, (long) SECONDS)] += count;
  }

  /** The oldest first. */
  long[] seconds() {
    advance();
    long[] seconds = new long[SECONDS];
    for (int i = 0; i < SECONDS; i++) {
      seconds[i] = counts[(int) Math.floorMod(now + 1 + i, (long) SECONDS)];
    }
    return seconds;
  }

  private void advance() {
    long second = System.nanoTime() / 1_000_000_000;
    if (second - now >= SECONDS) {
      Arrays.fill(counts, 0);
      now = second;
    }
    while (now < second) {
      now++;
      counts[(int) Math.floorMod(now, (long) SECONDS)] = 0;
    }
  }
}
