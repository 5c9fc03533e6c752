package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements so long that a tick folds the log in the middle of them. */
class LongTailTest extends Scenario {
  private static final String MANY =
      "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 230000) ";

  @Test
  void foldInTheMiddleOfAStatement_isUndoneWithItAndOtherwiseChangesNothing() {
    Database db = open("CREATE TABLE t(a INTEGER PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT OR REPLACE INTO t " + MANY + "SELECT i % 997, i FROM s");
    assertThat((long) db.value("SELECT count(*) FROM t__crsql_log")).isLessThan(40_000);
    assertThat((long) db.value("SELECT folded FROM crsql_tables")).isGreaterThan(190_000);
    List<String> before = state(db);
    assertThat(before).hasSize(997);
    assertThat(
            error(
                db,
                "INSERT INTO t "
                    + MANY
                    + "SELECT CASE i WHEN 229000 THEN 1 ELSE i + 1000 END, i FROM s"))
        .contains("UNIQUE constraint failed");
    assertThat(state(db)).isEqualTo(before);
    db.run("BEGIN");
    db.run("SAVEPOINT s");
    db.run("UPDATE t SET b = b + 1");
    db.run("INSERT INTO t " + MANY + "SELECT i + 1000, i FROM s");
    db.run("DELETE FROM t WHERE a > 1000");
    db.run("ROLLBACK TO s");
    db.run("UPDATE t SET b = -1 WHERE a = 5");
    db.run("COMMIT");
    List<String> after = state(db);
    db.run("SELECT crsql_optimize()");
    assertThat(state(db)).isEqualTo(after).hasSize(997);
    assertThat(lines(db, "SELECT val FROM crsql_changes WHERE pk = 5")).containsExactly("-1");
    assertThat(lines(db, "PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void mergedEntries_doNotStayInTheTail() {
    Database db = open("CREATE TABLE t(a INTEGER PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    Blob site = new Blob("AB".repeat(16));
    for (int i = 1; i <= 1000; i++) {
      db.run(MERGE, "t", i, 1, i, i, site);
    }
    assertThat((long) db.value("SELECT folded FROM crsql_tables")).isGreaterThan(500);
  }

  @Test
  void triggerOfAMergeThatWritesVeryMuch_losesNothingOfTheMergedRow() {
    Database db =
        open(
            "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)",
            "CREATE TRIGGER v AFTER UPDATE OF b ON t WHEN new.a = 1 BEGIN DELETE FROM t WHERE a = 1;"
                + " INSERT INTO t VALUES(1, new.b, old.c); UPDATE t SET c = new.b WHERE a > 1; END",
            "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t " + MANY.replace("230000", "120000") + "SELECT i, 1, 2 FROM s");
    db.run("SELECT crsql_optimize()");
    db.run(MERGE, "t", 1, 1, 9, 5_000_000, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT cid, val FROM crsql_changes WHERE pk = 1 ORDER BY col"))
        .containsExactly("1 9", "2 2");
    List<String> before = state(db);
    db.run("SELECT crsql_optimize()");
    assertThat(state(db)).isEqualTo(before).hasSize(240_000);
  }
}
