package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows that cannot stand in the user's table for now, which {@code crsql_held} lists. */
class HeldTest extends Scenario {
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String NOT_NULL =
      "CREATE TABLE t(a PRIMARY KEY NOT NULL, b NOT NULL, c NOT NULL)";
  private static final String RANGE =
      "CREATE TABLE t(a PRIMARY KEY NOT NULL, low INT, high INT, CHECK (low <= high))";
  private static final String HELD = "SELECT \"table\", pk, reason FROM crsql_held";
  private static final String ROWS = "SELECT * FROM t ORDER BY 1";
  private static final Blob SITE = new Blob("AB".repeat(16));

  private Database whole() {
    return open(NOT_NULL, CRR, "INSERT INTO t VALUES('k', 1, 'x')");
  }

  /** A peer that has not got the row's first cell, and so holds it. */
  private Database holding(Database whole) {
    Database peer = open(NOT_NULL, CRR);
    merge(peer, changes(whole, "cid = 2"));
    return peer;
  }

  @Test
  void rowThatArrivesCellByCell_isHeldUntilItIsWhole() {
    Database from = open(NOT_NULL, CRR, "INSERT INTO t VALUES('k', 1, 'x')");
    Database to = open(NOT_NULL, CRR);
    List<List<Object>> cells = changes(from);
    merge(to, cells.subList(1, 2));
    assertThat(lines(to, ROWS)).isEmpty();
    assertThat(lines(to, HELD)).containsExactly("t 'k' NOT NULL constraint failed: t.b");
    assertThat(state(to)).containsExactly(cells.get(1).toString());
    merge(to, cells.subList(0, 1));
    assertThat(lines(to, ROWS)).containsExactly("k 1 x");
    assertThat(lines(to, HELD)).isEmpty();
    assertThat(state(to)).isEqualTo(state(from));
  }

  @Test
  void checkThatTwoConcurrentEditsBreakTogether_holdsTheRowEverywhereAndLetsItBack() {
    Database a = open(RANGE, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    Database b = open(RANGE, CRR);
    pull(b, a);
    a.run("UPDATE t SET low = 19");
    b.run("UPDATE t SET high = 11");
    sync(a, b);
    for (Database db : List.of(a, b)) {
      assertThat(lines(db, ROWS)).isEmpty();
      assertThat(lines(db, HELD)).containsExactly("t 1 CHECK constraint failed: low <= high");
    }
    assertThat(state(a)).isEqualTo(state(b)).hasSize(2);

    Database c = open(RANGE, CRR, "INSERT INTO t VALUES(1, 0, 0)", "UPDATE t SET high = 30");
    for (int i = 0; i < 20; i++) {
      c.run("UPDATE t SET high = high + 1");
    }
    sync(a, b, c);
    for (Database db : List.of(a, b, c)) {
      assertThat(lines(db, HELD)).isEmpty();
      assertThat(lines(db, ROWS)).hasSize(1);
    }
    assertThat(lines(a, ROWS)).isEqualTo(lines(b, ROWS)).isEqualTo(lines(c, ROWS));
    assertThat(state(a)).isEqualTo(state(b)).isEqualTo(state(c));
  }

  @Test
  void heldRow_isTheSameForAnyOrderOfArrival() {
    Database a = open(RANGE, CRR, "INSERT INTO t VALUES(1, 10, 20), (2, 0, 5)");
    Database b = open(RANGE, CRR);
    pull(b, a);
    a.run("UPDATE t SET low = 19 WHERE a = 1");
    b.run("UPDATE t SET high = 11 WHERE a = 1");
    b.run("DELETE FROM t WHERE a = 2");
    b.run("INSERT INTO t VALUES(2, 1, 2)");
    List<List<Object>> all = new ArrayList<>(changes(a));
    all.addAll(changes(b));
    pull(a, b);
    for (int seed = 0; seed < 30; seed++) {
      Collections.shuffle(all, new Random(seed));
      Database c = open(RANGE, CRR);
      merge(c, all);
      assertThat(lines(c, ROWS)).isEqualTo(lines(a, ROWS)).containsExactly("2 1 2");
      assertThat(lines(c, HELD)).isEqualTo(lines(a, HELD));
      assertThat(state(c)).isEqualTo(state(a));
    }
  }

  @Test
  void heldRow_isForwarded() {
    Database a = whole();
    Database b = holding(a);
    Database c = open(NOT_NULL, CRR);
    pull(c, b);
    assertThat(lines(c, HELD)).containsExactly("t 'k' NOT NULL constraint failed: t.b");
    merge(c, changes(a, "cid = 1"));
    assertThat(lines(c, ROWS)).containsExactly("k 1 x");
  }

  @Test
  void deletionOfAHeldRow_letsGoOfIt() {
    Database a = whole();
    Database b = holding(a);
    a.run("DELETE FROM t");
    pull(b, a);
    assertThat(lines(b, HELD)).isEmpty();
    assertThat(state(b)).isEqualTo(state(a)).hasSize(1);
  }

  @Test
  void newLifeOfAHeldRow_dropsItsValues() {
    Database a = whole();
    Database b = holding(a);
    a.run("DELETE FROM t");
    a.run("INSERT INTO t VALUES('k', 2, 'y')");
    merge(b, changes(a, "cid = '1@3'"));
    assertThat(lines(b, HELD)).containsExactly("t 'k' NOT NULL constraint failed: t.c");
    pull(b, a);
    assertThat(lines(b, ROWS)).containsExactly("k 2 y");
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  void localInsertOfAHeldRow_rewritesAllItsColumns() {
    Database a = whole();
    Database b = holding(a);
    b.run("INSERT INTO t VALUES('k', 8, 'mine')");
    assertThat(lines(b, HELD)).isEmpty();
    assertThat(lines(b, "SELECT cid, val FROM crsql_changes")).containsExactly("1 8", "2 'mine'");
    sync(a, b);
    assertThat(lines(a, ROWS)).isEqualTo(lines(b, ROWS)).containsExactly("k 8 mine");
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void localInsertAndDeleteOfAHeldRow_deletesItEverywhere() {
    Database a = whole();
    Database b = holding(a);
    b.run("INSERT INTO t VALUES('k', 8, 'mine')");
    b.run("DELETE FROM t");
    assertThat(lines(b, HELD)).isEmpty();
    assertThat(lines(b, "SELECT cid, val FROM crsql_changes")).containsExactly("-1 2");
    sync(a, b);
    assertThat(lines(a, ROWS)).isEmpty();
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void updateAndDeleteOfAHeldRow_doNotSeeIt() {
    Database a = whole();
    Database b = holding(a);
    b.run("UPDATE t SET b = 5");
    b.run("DELETE FROM t");
    assertThat(lines(b, HELD)).hasSize(1);
    pull(b, a);
    assertThat(lines(b, ROWS)).containsExactly("k 1 x");
  }

  @Test
  void heldRow_isSpelledAsItsGreatestStampHasIt() {
    String nocase = "CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, b NOT NULL, c)";
    Database a = open(nocase, CRR, "INSERT INTO t VALUES('k', 1, 'x')");
    Database b = open(nocase, CRR, "INSERT INTO t VALUES('x', 0, 0), ('K', 2, 'y')");
    for (List<List<Object>> late : List.of(changes(a, "cid = 1"), changes(b, "cid = 1"))) {
      Database c = open(nocase, CRR);
      merge(c, changes(a, "cid = 2"));
      merge(c, changes(b, "cid = 2 AND pk = '''K'''"));
      assertThat(lines(c, "SELECT pk FROM crsql_held")).containsExactly("'K'");
      merge(c, late);
      assertThat(lines(c, "SELECT a, c FROM t WHERE a = 'k'")).containsExactly("K y");
    }
  }

  @Test
  void heldValues_takeTheAffinityOfTheirColumns() {
    String typed =
        "CREATE TABLE t(a PRIMARY KEY NOT NULL, i INTEGER, r REAL, s TEXT, n NUMERIC, x,"
            + " b NOT NULL)";
    Database a = open(typed, CRR);
    String site = "X'0102030405060708090A0B0C0D0E0F10'";
    String[] values = {"'''5'''", "7", "5", "'''6'''", "'''5'''", "9"};
    for (int i = 0; i < values.length; i++) {
      a.run(
          "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id) VALUES('t', 1, "
              + (i + 1)
              + ", "
              + values[i]
              + ", "
              + (i + 1)
              + ", "
              + site
              + ")");
      if (i == values.length - 2) {
        assertThat(lines(a, HELD)).hasSize(1);
        assertThat(lines(a, "SELECT val FROM crsql_changes ORDER BY version"))
            .containsExactly("5", "7.0", "'5'", "6", "'5'");
      }
    }
    assertThat(lines(a, "SELECT *, typeof(x) FROM t")).containsExactly("1 5 7.0 5 6 5 9 text");
  }

  @Test
  void valueOfAnotherType_isHeldByAStrictTable() {
    String strict = "CREATE TABLE t(a TEXT PRIMARY KEY NOT NULL, b INTEGER) STRICT";
    Database a = open("CREATE TABLE t(a TEXT PRIMARY KEY NOT NULL, b)", CRR);
    a.run("INSERT INTO t VALUES('k', 'text')");
    Database b = open(strict, CRR);
    pull(b, a);
    assertThat(lines(b, HELD))
        .containsExactly("t 'k' cannot store TEXT value in INTEGER column t.b");
    assertThat(state(b)).isEqualTo(state(a));
    a.run("UPDATE t SET b = 3");
    pull(b, a);
    assertThat(lines(b, ROWS)).containsExactly("k 3");
  }

  @Test
  void evaluatedDefaultOfANotNullColumn_isNotTakenForACellThatIsMissing() {
    String table =
        "CREATE TABLE t(a PRIMARY KEY NOT NULL, b, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)";
    Database a = open(table, CRR, "INSERT INTO t(a, b) VALUES(1, 2)");
    Database b = open(table, CRR);
    merge(b, changes(a, "cid = 1"));
    assertThat(lines(b, HELD)).containsExactly("t 1 NOT NULL constraint failed: t.at");
    pull(b, a);
    assertThat(lines(b, ROWS)).isEqualTo(lines(a, ROWS)).hasSize(1);
  }

  @Test
  void constantDefaultOfANotNullColumn_standsInForACellThatIsMissing() {
    String table = "CREATE TABLE t(a PRIMARY KEY NOT NULL, b, c NOT NULL DEFAULT 7)";
    Database a = open(table, CRR, "INSERT INTO t(a, b) VALUES(1, 2)");
    Database b = open(table, CRR);
    merge(b, changes(a, "cid = 1"));
    assertThat(lines(b, ROWS)).containsExactly("1 2 7");
    merge(b, List.of(List.of("t", 2L, 1L, 5L, 9L, Blob.of(new byte[16]))));
    merge(b, List.of(java.util.Arrays.asList("t", 2L, 2L, null, 10L, Blob.of(new byte[16]))));
    assertThat(lines(b, HELD)).containsExactly("t 2 NOT NULL constraint failed: t.c");
    assertThat(lines(b, "SELECT cid, val FROM crsql_changes WHERE pk = 2"))
        .containsExactly("1 5", "2 null");
  }

  @Test
  void heldRow_survivesRollbackAsItWas() {
    Database a = whole();
    Database b = holding(a);
    b.run("BEGIN");
    pull(b, a);
    assertThat(lines(b, ROWS)).hasSize(1);
    b.run("ROLLBACK");
    assertThat(lines(b, ROWS)).isEmpty();
    assertThat(lines(b, HELD)).hasSize(1);
    pull(b, a);
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  void triggerThatRaises_holdsTheRow() {
    String trigger =
        "CREATE TRIGGER guard BEFORE INSERT ON t WHEN new.b > 100"
            + " BEGIN SELECT RAISE(%s, 'too much'); END";
    for (String how : List.of("ABORT", "FAIL")) {
      Database a = open("CREATE TABLE t(a PRIMARY KEY NOT NULL, b)", CRR);
      a.run("INSERT INTO t VALUES(1, 500)");
      Database b = open("CREATE TABLE t(a PRIMARY KEY NOT NULL, b)");
      b.run(trigger.replace("%s", how));
      b.run(CRR);
      pull(b, a);
      assertThat(lines(b, HELD)).containsExactly("t 1 too much");
      assertThat(state(b)).isEqualTo(state(a));
      b.run("DROP TRIGGER guard");
      b.run("SELECT crsql_optimize()");
      assertThat(lines(b, ROWS)).containsExactly("1 500");
      assertThat(lines(b, HELD)).isEmpty();
      assertThat(state(b)).isEqualTo(state(a));
    }
  }

  @Test
  void triggerThatIgnores_holdsTheRow() {
    Database a = open("CREATE TABLE t(a PRIMARY KEY NOT NULL, b)", CRR);
    a.run("INSERT INTO t VALUES(1, 500)");
    Database b =
        open(
            "CREATE TABLE t(a PRIMARY KEY NOT NULL, b)",
            "CREATE TRIGGER skip BEFORE INSERT ON t BEGIN SELECT RAISE(IGNORE); END",
            CRR);
    pull(b, a);
    assertThat(lines(b, HELD)).containsExactly("t 1 a trigger left the row out by RAISE(IGNORE)");
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  void rowsThatEnterWithUserTriggers_areNotTakenForLocalWrites() {
    String[] schema = {
      NOT_NULL,
      "CREATE TABLE seen(n INTEGER PRIMARY KEY, a)",
      "CREATE TRIGGER note AFTER INSERT ON t BEGIN INSERT INTO seen(a) VALUES(new.a); END",
      CRR
    };
    Database a = open(schema);
    a.run("INSERT INTO t VALUES('k', 1, 'x')");
    Database b = open(schema);
    merge(b, changes(a, "cid = 2"));
    assertThat(lines(b, "SELECT a FROM seen")).isEmpty();
    pull(b, a);
    assertThat(lines(b, "SELECT a FROM seen")).containsExactly("k");
    assertThat(lines(b, ROWS)).containsExactly("k 1 x");
    assertThat(state(b)).isEqualTo(state(a));
    assertThat(lines(b, "SELECT count(*) FROM crsql_changes WHERE site_id IS NULL"))
        .containsExactly("0");
  }

  @Test
  void relaxedConstraint_letsHeldRowsInAtAsCrr() {
    Database a = open(RANGE, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    Database b = open(RANGE, CRR);
    pull(b, a);
    a.run("UPDATE t SET low = 19");
    b.run("UPDATE t SET high = 11");
    sync(a, b);
    a.run("CREATE TABLE t2(a PRIMARY KEY NOT NULL, low INT, high INT)");
    a.run("INSERT INTO t2 SELECT * FROM t");
    a.run("DROP TABLE t");
    a.run("ALTER TABLE t2 RENAME TO t");
    a.run(CRR);
    assertThat(lines(a, ROWS)).containsExactly("1 19 11");
    assertThat(lines(a, HELD)).isEmpty();
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void compositeKeyAndManyColumns_areHeldToo() {
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 70; i++) {
      columns.append(", c").append(i).append(" NOT NULL");
      values.append(", ").append(i);
    }
    String table = "CREATE TABLE t(x, y, PRIMARY KEY(x, y)" + ")";
    table = table.replace("x, y, PRIMARY", "x NOT NULL, y NOT NULL" + columns + ", PRIMARY");
    Database a = open(table, CRR, "INSERT INTO t VALUES('k', 2" + values + ")");
    Database b = open(table, CRR);
    List<List<Object>> cells = new ArrayList<>(changes(a));
    Collections.shuffle(cells, new Random(1));
    merge(b, cells.subList(0, 69));
    assertThat(lines(b, "SELECT pk FROM crsql_held")).containsExactly("'k'|2");
    merge(b, cells.subList(69, 70));
    assertThat(lines(b, ROWS)).isEqualTo(lines(a, ROWS));
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  void conflictClausesOfTheTable_doNotSettleAMerge() {
    for (String clause : List.of("IGNORE", "ROLLBACK", "FAIL", "REPLACE")) {
      String table =
          "CREATE TABLE t(a PRIMARY KEY NOT NULL, b NOT NULL ON CONFLICT " + clause + " DEFAULT 5)";
      Database b = open(table, CRR);
      b.run("BEGIN");
      b.run("INSERT INTO t VALUES(9, 9)");
      merge(b, List.of(java.util.Arrays.asList("t", 2L, 1L, null, 10L, Blob.of(new byte[16]))));
      b.run("COMMIT");
      assertThat(lines(b, ROWS)).containsExactly("9 9");
      assertThat(lines(b, HELD)).containsExactly("t 2 NOT NULL constraint failed: t.b");
    }
  }

  @Test
  void conflictClausesOfATableWithUserTriggers_doNotSettleAMergeEither() {
    for (String clause : List.of("IGNORE", "ROLLBACK", "FAIL", "REPLACE")) {
      Database b =
          open(
              "CREATE TABLE t(a PRIMARY KEY NOT NULL, b NOT NULL ON CONFLICT "
                  + clause
                  + " DEFAULT 5)",
              "CREATE TRIGGER any AFTER UPDATE ON t BEGIN SELECT 1; END",
              CRR);
      b.run(MERGE, "t", 1, 1, 7, 9, SITE);
      b.run("BEGIN");
      b.run("INSERT INTO t VALUES(9, 9)");
      b.run(MERGE, "t", 1, 1, null, 10, SITE);
      b.run(MERGE, "t", 2, 1, null, 11, SITE);
      b.run("COMMIT");
      assertThat(lines(b, ROWS)).containsExactly("9 9");
      assertThat(lines(b, HELD))
          .containsExactly(
              "t 1 NOT NULL constraint failed: t.b", "t 2 NOT NULL constraint failed: t.b");
      assertThat(lines(b, "SELECT pk, val FROM crsql_changes WHERE site_id IS NULL"))
          .containsExactly("9 9");
    }
  }

  @Test
  void heldRowThatATriggerWritesWhileAnotherEnters_isAsTheTriggerHasIt() {
    Database b =
        open(
            "CREATE TABLE t(a PRIMARY KEY NOT NULL, b)",
            "CREATE TABLE gate(open)",
            "CREATE TRIGGER guard BEFORE INSERT ON t WHEN NOT EXISTS(SELECT 1 FROM gate)"
                + " BEGIN SELECT RAISE(ABORT, 'shut'); END",
            "CREATE TRIGGER more AFTER INSERT ON t WHEN new.a = 1"
                + " BEGIN INSERT OR IGNORE INTO t VALUES(2, 'of the trigger'); END",
            CRR);
    b.run(MERGE, "t", 1, 1, 5, 10, SITE);
    b.run(MERGE, "t", 2, 1, 6, 11, SITE);
    assertThat(lines(b, HELD)).containsExactly("t 1 shut", "t 2 shut");
    b.run("INSERT INTO gate VALUES(1)");
    b.run("SELECT crsql_optimize()");
    assertThat(lines(b, HELD)).isEmpty();
    assertThat(lines(b, ROWS)).containsExactly("1 5", "2 of the trigger");
    assertThat(b.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void triggerThatFailsBehindTheInsertion_leavesTheRowOutOfTheTable() {
    Database b =
        open(
            "CREATE TABLE t(a PRIMARY KEY NOT NULL, b)",
            "CREATE TRIGGER guard AFTER INSERT ON t BEGIN SELECT RAISE(FAIL, 'too much'); END",
            CRR);
    b.run(MERGE, "t", 1, 1, 500, 10, SITE);
    b.run("SELECT crsql_optimize()");
    assertThat(lines(b, ROWS)).isEmpty();
    assertThat(lines(b, HELD)).containsExactly("t 1 too much");
    assertThat(b.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void rebuildThatBringsAHeldKey_writesTheRow() {
    Database b = open(NOT_NULL, CRR);
    b.run(MERGE, "t", 1, 1, 500, 10, SITE);
    b.run("DROP TABLE t");
    b.run(NOT_NULL);
    b.run("INSERT INTO t VALUES(1, 2, 3)");
    b.run(CRR);
    assertThat(lines(b, HELD)).isEmpty();
    assertThat(b.value("SELECT crsql_verify()")).isEqualTo("ok");
    Database c = open(NOT_NULL, CRR);
    pull(c, b);
    assertThat(lines(c, ROWS)).isEqualTo(lines(b, ROWS)).containsExactly("1 2 3");
  }

  @Test
  void reason_isThatForWhichTheTableRefusesTheRowNow() {
    Database b = open(NOT_NULL, CRR);
    b.run(MERGE, "t", 1, 1, 500, 10, SITE);
    assertThat(lines(b, HELD)).containsExactly("t 1 NOT NULL constraint failed: t.c");
    b.run("SELECT crsql_begin_alter('t')");
    b.run("ALTER TABLE t RENAME COLUMN c TO d");
    b.run("SELECT crsql_commit_alter('t')");
    assertThat(lines(b, HELD)).containsExactly("t 1 NOT NULL constraint failed: t.d");
  }
}
