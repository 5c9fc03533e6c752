package io.crsql.engine.clock;

import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;

/**
 * The database's Lamport clock (Lamport, "Time, Clocks, and the Ordering of Events in a Distributed
 * System", CACM 1978): never below any version that the file has issued or seen. In memory it never
 * goes back; a rollback leaves a gap.
 *
 * <p>The file holds it twice: every write that is still current stands in a log, so the logs' ends
 * give the clock of all that was ever logged; what was only seen (a merged change that lost) is
 * stored in crsql_meta when a transaction commits. A transaction that only writes rows therefore
 * touches no page for the clock.
 */
public final class Clock {
  /**
   * The greatest version there can be: the greatest integer that a double and JSON hold exactly.
   */
  public static final long MAX = (1L << 53) - 1;

  /**
   * How far ahead of the clock a version from elsewhere may be: five centuries at a thousand writes
   * a second. Without a bound, one absurd change would leave the database no versions for its own
   * writes.
   */
  public static final long LEAP = 1L << 44;

  private final Schema schema;
  private final Registry registry;
  private final Stmt dataVersion;
  private final LogEnds ends;
  private long now;
  private long knownData = -1;
  private int knownGeneration = -1;
  private boolean mustStore;

  /** Whether the file may be behind, because a transaction has been rolled back. */
  private boolean ahead;

  /** A clock that has not been read yet. */
  public Clock(Schema schema, Registry registry) {
    this.schema = schema;
    this.registry = registry;
    this.ends = new LogEnds(schema, registry);
    this.dataVersion = schema.prepare("PRAGMA " + schema.of("data_version"));
  }

  /** Finalises its statements. */
  public void close() {
    dataVersion.close();
    ends.close();
  }

  /** The greatest version issued or seen, as of the last {@link #refresh()}. */
  public long now() {
    return now;
  }

  /**
   * Takes note of what other connections have committed.
   *
   * @return whether they may have, or the schema has changed
   */
  public boolean refresh() {
    long data;
    try {
      dataVersion.step();
      data = dataVersion.getLong(0);
    } finally {
      dataVersion.reset();
    }
    if (data == knownData && registry.generation() == knownGeneration) {
      return false;
    }
    if (registry.present()) {
      long inFile = inFile();
      ahead &= inFile < now;
      now = Math.max(now, inFile);
    }
    knownData = data;
    knownGeneration = registry.generation();
    return true;
  }

  /**
   * The clock as the next connection will find it. What was rolled back does not count: another
   * connection may give those versions again.
   */
  public long committed() {
    return ahead ? inFile() : now;
  }

  /** The clock as the file tells it: without what this connection has seen and not committed. */
  public long inFile() {
    return ends.greatest();
  }

  /**
   * Takes ticks for a write that is going to be logged, and so to stand for the clock.
   *
   * @return the first of them
   */
  public long tick(long ticks) {
    if (now > MAX - ticks) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql: the clock of this database has reached its end, " + MAX);
    }
    long first = now + 1;
    now += ticks;
    mustStore = false;
    ahead = false;
    return first;
  }

  /** The greatest version from elsewhere that is accepted now. */
  public long limit() {
    return Math.min(now + LEAP, MAX - LEAP);
  }

  /** Sees a version from elsewhere, which need not end up in a log. */
  public void see(long version) {
    if (version > now) {
      now = version;
      mustStore = true;
      ahead = false;
    }
  }

  /** Begins anew, for what may be another file. */
  public void restart() {
    now = 0;
    knownData = -1;
    mustStore = false;
  }

  /** What was logged may be gone again, so the logs' ends are no longer enough. */
  public void doubt() {
    mustStore = true;
  }

  /** Stores the clock if the logs do not tell it; called when a transaction is about to commit. */
  public void store() {
    if (mustStore && registry.present()) {
      schema.exec(
          "UPDATE " + schema.of("crsql_meta") + " SET value = " + now + " WHERE key = 'clock'");
    }
    mustStore = false;
  }

  /** The transaction has been rolled back: what it saw need not be stored. */
  public void forget() {
    mustStore = false;
    ahead = true;
  }
}
