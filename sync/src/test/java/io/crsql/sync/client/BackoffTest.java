package io.crsql.sync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));

  @Test
  void waits_growUpToTheMost() {
    for (long due : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      assertThat(backoff.next()).isBetween(due * SECOND / 2, due * SECOND);
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(SECOND);
  }

  @Test
  void waits_areDrawnAtRandom() {
    Backoff other = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(2));
    assertThat(backoff.next()).isNotEqualTo(other.next());
  }
}
