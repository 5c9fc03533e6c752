package io.crsql.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import io.crsql.conformance.random.Campaign;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * Replicas that are used at random hold what the reference model says at every step, and the same
 * once they have exchanged everything.
 *
 * <p>{@code -Dcrsql.sequences=n} runs n sequences instead of as many as a minute allows; {@code
 * -Dcrsql.seed=s} begins with another seed, so that with {@code -Dcrsql.sequences=1} it repeats
 * one.
 */
class ConvergencePropertyTest {
  private static final long DEFAULT_NANOS = 60_000_000_000L;

  @Test
  void replicas_usedAtRandom_matchTheModelAndConverge() {
    Host host = ServiceLoader.load(Host.class).findFirst().orElseThrow();
    long first = Long.getLong("crsql.seed", 1);
    long sequences = Long.getLong("crsql.sequences", Long.MAX_VALUE);
    long start = System.nanoTime();
    try (Campaign campaign = new Campaign(host)) {
      long done = 0;
      while (done < sequences && !timeIsUp(sequences, start)) {
        String failure = campaign.run(first + done);
        if (failure != null) {
          fail(failure + "\nrepeat: -Dcrsql.sequences=1 -Dcrsql.seed=" + (first + done));
        }
        done++;
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      System.out.println(
          "host "
              + host.name()
              + ", seeds "
              + first
              + " to "
              + (first + done - 1)
              + " in "
              + millis
              + " ms: "
              + campaign.statistics());
    }
  }

  private static boolean timeIsUp(long sequences, long start) {
    return sequences == Long.MAX_VALUE && System.nanoTime() - start > DEFAULT_NANOS;
  }
}
