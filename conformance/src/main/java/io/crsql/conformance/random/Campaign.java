package io.crsql.conformance.random;

import io.crsql.conformance.Host;

/** Many sequences on one host, until one fails. */
public final class Campaign implements AutoCloseable {
  private final Host host;
  private final Storage storage;
  private final Statistics statistics = new Statistics();

  /** On that host. */
  public Campaign(Host host) {
    this.host = host;
    this.storage = new Storage(host.open(":memory:"));
  }

  /**
   * Draws a sequence from a seed and runs it.
   *
   * @return null if all is well, otherwise the shortest sequence found that fails, and how
   */
  public String run(long seed) {
    Sequence sequence = Generator.sequence(seed, storage);
    Discrepancy found = run(sequence, statistics);
    if (found == null) {
      return null;
    }
    Shrinker shrinker = new Shrinker(s -> run(s, new Statistics()), sequence, found);
    shrinker.shrink();
    Throwable cause = shrinker.failure().getCause();
    return "host "
        + host.name()
        + ", seed "
        + seed
        + ", shrunk from "
        + sequence.ops().size()
        + " to "
        + shrinker.best().ops().size()
        + " steps:\n"
        + shrinker.best()
        + shrinker.failure().getMessage()
        + (cause == null || cause.getCause() == null ? "" : "\n" + cause.getCause());
  }

  private Discrepancy run(Sequence sequence, Statistics counts) {
    World world = new World(host, storage, sequence, counts);
    try {
      world.run();
    } catch (Discrepancy e) {
      abandon(world, e);
      return e;
    }
    try {
      world.close();
    } catch (RuntimeException e) {
      return new Discrepancy("close", e.getMessage(), e);
    }
    counts.count("sequences");
    return null;
  }

  /** Closes what a failed run leaves, without hiding why it failed. */
  private static void abandon(World world, Discrepancy reason) {
    try {
      world.close();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  /** What was exercised, in one line. */
  public String statistics() {
    return statistics.toString();
  }

  @Override
  public void close() {
    storage.close();
  }
}
