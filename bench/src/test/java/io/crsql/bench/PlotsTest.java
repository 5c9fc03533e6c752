package io.crsql.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlotsTest {
  @Test
  void bars_haveTitleUnitTargetAndValues() {
    Results results =
        Lines.results(
            Lines.work("insert", "text", 0.01, 0.017),
            Lines.work("insert", "integer", 0.01, 0.026));
    assertThat(Plots.of(results).get("writes"))
        .contains(
            "CPU time of local writes, against plain SQLite",
            "times plain SQLite (logarithmic)",
            "INSERT, one transaction",
            "crsql, integer key",
            "target",
            ">1.7<",
            ">2.6<");
  }

  @Test
  void lines_haveTitleUnitAndTarget() {
    Results results = Lines.results(Lines.alone("delta_rows", "text", 0.4));
    assertThat(Plots.of(results).get("deltas"))
        .contains("rows of the table (logarithmic)", ">ms<", ">target<");
  }

  @Test
  void plots_ofWhatWasNotMeasured_areNotDrawn() {
    Results results = Lines.results(Lines.work("insert", "text", 0.01, 0.017));
    assertThat(Plots.of(results)).containsOnlyKeys("writes", "memory");
  }

  @Test
  void sameResults_giveTheSamePlots() {
    Results results =
        Lines.results(Lines.step("grow", "plain", 1, 0.1), Lines.step("grow", "plain", 2, 0.1))
            .on(Map.of(), Kind.SCALE);
    assertThat(Plots.of(results)).isEqualTo(Plots.of(results)).containsKeys("grow-time");
  }
}
