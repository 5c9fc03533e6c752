package io.crsql.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetTest {
  private static String verdict(String line) {
    Work work = Lines.results(line).works().get(0);
    return Target.of(work).orElseThrow().verdict(work);
  }

  @Test
  void ratio_withinItsTarget_isMet() {
    assertThat(verdict(Lines.work("insert", "text", 0.01, 0.018)))
        .isEqualTo("met: 1.80, asked for 1.80");
  }

  @Test
  void ratio_aboveItsTarget_isMissed() {
    assertThat(verdict(Lines.work("insert", "text", 0.01, 0.023)))
        .isEqualTo("missed: 2.30 instead of 1.80");
  }

  @Test
  void throughput_belowItsTarget_isMissed() {
    assertThat(verdict(Lines.alone("merge_changesets_again", "text", 0.001)))
        .isEqualTo("missed: 1,000,000 cells/s instead of 2,000,000 cells/s");
  }

  @Test
  void throughput_aboveItsTarget_isMet() {
    assertThat(verdict(Lines.alone("merge_changesets_again", "text", 0.00025)))
        .isEqualTo("met: 4,000,000 cells/s, asked for 2,000,000 cells/s");
  }

  @Test
  void time_isInMilliseconds() {
    assertThat(verdict(Lines.alone("load_first", "text", 0.5)))
        .isEqualTo("met: 0.50 ms, asked for 1.00 ms");
  }

  @Test
  void work_withoutResult_saysWhy() {
    assertThat(verdict(Lines.skipped("merge_changesets", "text", "the library has no changesets")))
        .isEqualTo("not measured: the library has no changesets");
  }

  @Test
  void delta_ofAnotherNumberOfRows_hasNoTarget() {
    Work work = Lines.results(Lines.alone("delta_rows", "text", 0.1)).works().get(0);
    assertThat(Target.of(work)).isEmpty();
  }
}
