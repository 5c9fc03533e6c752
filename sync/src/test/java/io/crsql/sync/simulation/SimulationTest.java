package io.crsql.sync.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import io.crsql.conformance.random.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Peers of any number and topology, whose connections, clocks, schemas and programs do the worst,
 * lose nothing and end the same.
 *
 * <p>{@code -Dcrsql.simulations=n} runs n scenarios; {@code -Dcrsql.simulation.seed=s} begins with
 * another seed, so that with {@code -Dcrsql.simulations=1} it repeats one.
 */
class SimulationTest {
  @Test
  void peers_whateverHappens_convergeAndLoseNothing() throws Exception {
    long first = Long.getLong("crsql.simulation.seed", 1);
    long count = Long.getLong("crsql.simulations", 10_000);
    int threads = Integer.getInteger("crsql.simulation.threads", 2);
    long start = System.nanoTime();
    AtomicLong next = new AtomicLong(first);
    AtomicReference<String> failure = new AtomicReference<>();
    Statistics all = new Statistics();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Statistics>> runs = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        runs.add(executor.submit(() -> run(next, first + count, failure)));
      }
      for (Future<Statistics> run : runs) {
        all.addAll(result(run));
      }
    } finally {
      executor.shutdownNow();
    }
    if (failure.get() != null) {
      fail(failure.get());
    }
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.println(
        "seeds " + first + " to " + (first + count - 1) + " in " + millis + " ms: " + all);
  }

  private static Statistics run(AtomicLong next, long end, AtomicReference<String> failure) {
    SimulationCampaign campaign = new SimulationCampaign();
    for (long seed = next.getAndIncrement();
        seed < end && failure.get() == null;
        seed = next.getAndIncrement()) {
      String found = campaign.run(seed);
      if (found != null) {
        String repeat = "\nrepeat: -Dcrsql.simulations=1 -Dcrsql.simulation.seed=" + seed;
        failure.compareAndSet(null, found + repeat);
      }
    }
    return campaign.statistics();
  }

  private static Statistics result(Future<Statistics> run) throws Exception {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
