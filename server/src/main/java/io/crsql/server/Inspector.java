package io.crsql.server;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Looks into databases while somebody watches, off the way of the changes: one at a time, and at
 * most a tenth of the time. Thread-safe.
 */
final class Inspector {
  private static final long INTERVAL_NANOS = 5_000_000_000L;
  private static final int REST = 10;

  private final Executor executor;
  private final Log log;
  private final Map<String, Result> results = new ConcurrentHashMap<>();

  /** What was found; {@code inspection} is null before anything was. */
  private record Result(Inspection inspection, boolean running, long due) {}

  Inspector(Executor executor, Log log) {
    this.executor = executor;
    this.log = log;
  }

  /** What was last found in a database, which is looked at again if that is due. */
  Optional<Inspection> watch(HostedDatabase database) {
    Result result = results.get(database.name());
    Inspection known = result == null ? null : result.inspection;
    boolean due = result == null || !result.running && System.nanoTime() - result.due >= 0;
    if (due) {
      results.put(database.name(), new Result(known, true, 0));
      executor.execute(() -> inspect(database, known));
    }
    return Optional.ofNullable(known);
  }

  private void inspect(HostedDatabase database, Inspection known) {
    long start = System.nanoTime();
    Inspection found = known;
    try {
      found = Inspection.of(database.file());
    } catch (SQLException e) {
      log.event(database.name() + ": cannot be looked into: " + e.getMessage());
    }
    long end = System.nanoTime();
    long due = end + Math.max(INTERVAL_NANOS, REST * (end - start));
    results.put(database.name(), new Result(found, false, due));
  }
}
