package io.crsql.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Judge JUDGE =
      new Judge(Lines.results(Lines.work("insert", "text", 0.01, 0.017)));

  @Test
  void ratio_upToTwiceTheRecordedOne_isFine() {
    Results measured = Lines.results(Lines.work("insert", "text", 0.1, 0.339));
    assertThat(JUDGE.worse(measured)).isEmpty();
  }

  @Test
  void ratio_aboveTwiceTheRecordedOne_isNamed() {
    Results measured = Lines.results(Lines.work("insert", "text", 0.1, 0.35));
    assertThat(JUDGE.worse(measured))
        .containsExactly(
            "INSERT, one transaction, text key: 3.50 times plain SQLite, where 1.70 is recorded");
  }

  @Test
  void ratio_belowPlainSqlite_isFine() {
    Judge judge = new Judge(Lines.results(Lines.work("adopt", "text", 0.01, 0.002)));
    assertThat(judge.worse(Lines.results(Lines.work("adopt", "text", 0.01, 0.009)))).isEmpty();
  }

  @Test
  void work_ofAnotherKey_isNotCompared() {
    Results measured = Lines.results(Lines.work("insert", "integer", 0.1, 0.9));
    assertThat(JUDGE.worse(measured)).isEmpty();
  }

  @Test
  void work_withoutResult_isNotCompared() {
    Results measured = Lines.results(Lines.skipped("insert", "text", "no such function"));
    assertThat(JUDGE.worse(measured)).isEmpty();
  }
}
