package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a column holds that no write has set: its constant default, else NULL. */
class DefaultTest extends Scenario {
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String C = "SELECT typeof(c), quote(c) FROM t";
  private static final Blob SITE = new Blob("AB".repeat(16));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "-1",
        "- 1",
        "+0x10",
        "'x'",
        "\"it's\"",
        "[a b]",
        "X'00'",
        "word",
        "TRUE",
        "NULL",
        "1.5e-3",
        "-9223372036854775808",
        "(5)",
        "(-1)",
        "( 'x' )",
        "((7))",
        "(-(5))",
        "(- -5)",
        "(NULL)",
        "(true)",
        "(5 /* five */)"
      })
  void constantDefault_isTheSameInRowsFromBeforeTheColumnAndInMergedOnes(String constant) {
    Database a = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR, "INSERT INTO t VALUES(1, 1)");
    Database b = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR);
    for (Database db : new Database[] {a, b}) {
      db.run("ALTER TABLE t ADD COLUMN c DEFAULT " + constant);
      db.run(CRR);
    }
    assertThat(lines(a, "SELECT col FROM crsql_changes")).containsExactly("b");
    pull(b, a);
    assertThat(lines(b, C)).isEqualTo(lines(a, C));
    b.run(MERGE, "t", 1, "b@3", 2, 50, SITE);
    assertThat(lines(b, C)).isEqualTo(lines(a, C));
    assertThat(state(b)).hasSize(1);
  }

  @Test
  void constantDefaultInParentheses_satisfiesNotNull() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b, c INT NOT NULL DEFAULT ((-5)))", CRR);
    db.run(MERGE, "t", 1, 1, 7, 5, SITE);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 7 -5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CURRENT_TIMESTAMP", "(random())", "(datetime('now'))", "(1 + 1)", "(5 || 'x')"})
  void evaluatedDefault_isAWriteLocallyAndNeverEvaluatedByAMerge(String expression) {
    String ddl = "CREATE TABLE t(a PRIMARY KEY, b, c DEFAULT " + expression + ")";
    Database a = open(ddl, CRR, "INSERT INTO t(a, b) VALUES(1, 1)");
    Database b = open(ddl, CRR);
    assertThat(a.value("SELECT c IS NOT NULL FROM t")).isEqualTo(1L);
    merge(b, changes(a, "col = 'b'"));
    assertThat(lines(b, C)).containsExactly("null NULL");
    pull(b, a);
    assertThat(lines(b, C)).isEqualTo(lines(a, C));
    assertThat(state(b)).isEqualTo(state(a));
    b.run(MERGE, "t", 1, "b@3", 2, 50, SITE);
    assertThat(lines(b, C)).containsExactly("null NULL");
  }

  @Test
  void insertDefaultValues_isCaptured() {
    String ddl =
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b DEFAULT 5, c DEFAULT (hex(randomblob(4))))";
    Database a = open(ddl, CRR, "INSERT INTO t DEFAULT VALUES", "INSERT INTO t DEFAULT VALUES");
    Database b = open(ddl, CRR);
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM t")).isEqualTo(lines(a, "SELECT * FROM t")).hasSize(2);
  }
}
