package io.crsql.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void missedTargets_standFirst() {
    Results results =
        Lines.results(
            Lines.work("insert", "text", 0.01, 0.023), Lines.work("insert", "integer", 0.01, 0.02));
    assertThat(Page.of(results, Set.of()))
        .contains(
            "## What misses its target\n\n"
                + "* INSERT, one transaction, text key: missed: 2.30 instead of 1.80\n\n")
        .contains(
            "| INSERT, one transaction | missed: 2.30 instead of 1.80 | met: 2.00, asked for 2.50"
                + " |\n");
  }

  @Test
  void noMissedTarget_isSaid() {
    Results results = Lines.results(Lines.work("insert", "text", 0.01, 0.017));
    assertThat(Page.of(results, Set.of())).contains("## What misses its target\n\nNothing.\n");
  }

  @Test
  void memoryAboveItsTarget_isMissed() {
    Results results = Lines.results(Lines.work("insert", "text", 0.01, 0.017, 4096 + 20 * 1024));
    assertThat(Page.of(results, Set.of()))
        .contains(
            "* INSERT, one transaction, text key: missed: 20.0 MB above plain SQLite instead of"
                + " 16.0\n");
  }

  @Test
  void workThatFailed_isNamed() {
    Results results = Lines.results(Lines.failed("fold", "text", "disk I/O error"));
    assertThat(Page.of(results, Set.of()))
        .contains("* crsql_optimize after the INSERT, text key: failed: disk I/O error\n");
  }

  @Test
  void figures_areBesideThoseOfPlainSqlite() {
    Results results = Lines.results(Lines.work("insert", "text", 0.01, 0.017));
    assertThat(Page.of(results, Set.of()))
        .contains(
            "| work | plain | crsql | ratio | wall | spread | memory |\n",
            "| INSERT, one transaction | 10.00 µs a row | 17.00 µs a row | 1.70 | 1.70 | 10 % |"
                + " 2.00 MB |\n");
  }

  @Test
  void machine_standsBesideTheFigures() {
    Map<String, Object> machine =
        Map.of(
            "command",
            "./crsql bench",
            "date",
            "2026-11-23",
            "cpu",
            "a CPU",
            "cpus",
            2,
            "commit",
            "61a326f");
    Results results = Lines.results().on(machine, Kind.WORKS);
    assertThat(Page.of(results, Set.of()))
        .contains("| with | `./crsql bench`, 2026-11-23 |\n")
        .contains("| versions | SQLite 3.40.1, crsql 0.1.0 (61a326f) |\n");
  }

  @Test
  void busyMachine_isAdmitted() {
    Results results =
        Lines.results().on(Map.of("command", "./crsql bench", "load", "0.70"), Kind.WORKS);
    assertThat(Page.of(results, Set.of()))
        .contains("| but | the machine was busy with other work: take all of this for rough |\n");
  }

  @Test
  void plots_areThoseThatWereDrawn() {
    String page = Page.of(Lines.results(), Set.of("writes"));
    assertThat(page).contains("](plots/writes.svg)").doesNotContain("](plots/sizes.svg)");
  }

  @Test
  void scale_sumsUpTheSteps() {
    Results results =
        Lines.results(
                Lines.step("grow", "plain", 1000, 0.001),
                Lines.step("grow", "plain", 2000, 0.002),
                Lines.step("grow", "crsql", 2000, 0.003))
            .on(Map.of("command", "./crsql bench --scale"), Kind.SCALE);
    assertThat(Page.of(results, Set.of()))
        .contains(
            "| INSERT, 100,000 rows a transaction | text | plain | 2,000 | 1.50 µs |  | 1.0 MB |"
                + " 4.0 MB |\n"
                + "| INSERT, 100,000 rows a transaction | text | crsql | 2,000 | 3.00 µs | 2.00 | 1.0 MB"
                + " | 4.0 MB |\n");
  }

  @Test
  void browser_hasAPartOfItsOwn() {
    Results results =
        Lines.results(
                Lines.web("insert", 0.8), Lines.web("load", 1.25), Lines.web("plain_insert", 2))
            .on(Map.of("chromium", "156", "sqlite_wasm", "3.54.1", "vlcn", "0.16.0"), Kind.WEB);
    assertThat(Page.of(results, Set.of()))
        .contains(
            "## What misses its target\n\n"
                + "* load, until the first crsql_as_crr is done, in the browser: missed: 1.25 of"
                + " cr-sqlite's instead of less\n\n")
        .contains("Chromium 156, @sqlite.org/sqlite-wasm 3.54.1, crsql (null)")
        .contains(
            "| INSERT, one transaction | 2.00 ms | 2.50 ms | 0.80 | 0.50 | 1.00 ms | 2.50 ms | 0.80"
                + " |\n");
  }
}
