package io.crsql.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts the connections that there are, and refuses those that are too many. Thread-safe. */
final class Admission {
  private final Limits limits;
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final Map<String, Integer> byDatabase = new HashMap<>();
  private int all;

  Admission(Limits limits) {
    this.limits = limits;
  }

  /** Why one more connection is too many; null if it is not. */
  synchronized String refusal(String address, String database) {
    if (all >= limits.connections()) {
      return "the server has " + all + " connections, as many as it takes";
    } else if (byDatabase.getOrDefault(database, 0) >= limits.perDatabase()) {
      return "the database has as many connections as the server takes";
    } else if (byAddress.getOrDefault(address, 0) >= limits.perAddress()) {
      return "there are as many connections from this address as the server takes";
    }
    return null;
  }

  /** Counts one, unless it is refused. */
  synchronized String enter(String address, String database) {
    String refusal = refusal(address, database);
    if (refusal == null) {
      all++;
      byAddress.merge(address, 1, Integer::sum);
      byDatabase.merge(database, 1, Integer::sum);
    }
    return refusal;
  }

  synchronized void leave(String address, String database) {
    all--;
    byAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
    byDatabase.computeIfPresent(database, (d, count) -> count == 1 ? null : count - 1);
    notifyAll();
  }

  /** Waits until there are none, but not for longer than that. */
  synchronized void awaitNone(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left = most.toMillis(); all > 0 && left > 0; ) {
      wait(left);
      left = (end - System.nanoTime()) / 1_000_000;
    }
  }

  synchronized int connections() {
    return all;
  }
}
