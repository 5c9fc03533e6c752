package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Changes of tables and columns that a database does not have yet. */
class ParkedTest extends Scenario {
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String T = "CREATE TABLE t(a PRIMARY KEY NOT NULL, b)";
  private static final String ADD = "ALTER TABLE t ADD COLUMN c";
  private static final String ROWS = "SELECT * FROM t ORDER BY 1";
  private static final Blob SITE = new Blob("AB".repeat(16));
  private static final String PARKED =
      "SELECT \"table\", pk, col, life, val, reason FROM crsql_parked ORDER BY 1, 2, 3";

  private static void newer(Database db, String... more) {
    db.run(ADD);
    db.run(CRR);
    for (String statement : more) {
      db.run(statement);
    }
  }

  @Test
  void changesOfAnUnknownTable_areParkedForwardedAndAppliedOnceItIsThere() {
    Database a =
        open(T, CRR, "INSERT INTO t VALUES('k', 1), (2, X'00')", "DELETE FROM t WHERE a = 2");
    Database relay = open();
    pull(relay, a);
    assertThat(lines(relay, PARKED))
        .containsExactly(
            "t 2 -1 2 2 there is no replicated table \"t\" here",
            "t 'k' 1 1 1 there is no replicated table \"t\" here");
    assertThat(state(relay)).isEqualTo(state(a));

    Database b = open(T, CRR);
    pull(b, relay);
    assertThat(lines(b, ROWS)).containsExactly("k 1");
    assertThat(state(b)).isEqualTo(state(a));

    relay.run(T);
    relay.run(CRR);
    assertThat(lines(relay, ROWS)).containsExactly("k 1");
    assertThat(lines(relay, PARKED)).isEmpty();
    assertThat(state(relay)).isEqualTo(state(a));
  }

  @Test
  void changesOfAnUnknownColumn_makeTheRowLiveAndAreAppliedAfterTheUpgrade() {
    Database a = open(T, CRR);
    newer(a, "INSERT INTO t VALUES('k', 1, 'new')");
    Database old = open(T, CRR);
    merge(old, changes(a, "col = 'c'"));
    assertThat(lines(old, ROWS)).containsExactly("k null");
    assertThat(lines(old, PARKED))
        .containsExactly("t 'k' c 1 'new' \"t\" has no column \"c\" here");
    merge(old, changes(a, "col = 'b'"));
    assertThat(lines(old, ROWS)).containsExactly("k 1");
    assertThat(state(old)).isEqualTo(state(a));

    Database third = open(T, CRR);
    newer(third);
    pull(third, old);
    assertThat(lines(third, ROWS)).containsExactly("k 1 new");

    newer(old);
    assertThat(lines(old, ROWS)).containsExactly("k 1 new");
    assertThat(lines(old, PARKED)).isEmpty();
    assertThat(state(old)).isEqualTo(state(a)).isEqualTo(state(third));
  }

  @Test
  void parkedChanges_areTheSameForAnyOrderOfArrival() {
    Database a = open(T, CRR);
    newer(a, "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2), (3, 3, 3)");
    List<List<Object>> all = new ArrayList<>(changes(a));
    for (String write :
        new String[] {
          "UPDATE t SET c = 9 WHERE a = 1",
          "DELETE FROM t WHERE a = 2",
          "DELETE FROM t WHERE a = 3",
          "INSERT INTO t VALUES(3, 4, 5)"
        }) {
      a.run(write);
      all.addAll(changes(a));
    }
    for (int seed = 0; seed < 30; seed++) {
      Collections.shuffle(all, new Random(seed));
      Database relay = open();
      merge(relay, all);
      assertThat(state(relay)).isEqualTo(state(a));
      Database old = open(T, CRR);
      merge(old, all);
      assertThat(state(old)).isEqualTo(state(a));
      assertThat(lines(old, ROWS)).containsExactly("1 1", "3 4");
      newer(old);
      newer(made(relay));
      for (Database db : new Database[] {old, relay}) {
        assertThat(lines(db, ROWS)).containsExactly("1 1 9", "3 4 5");
        assertThat(state(db)).isEqualTo(state(a));
        assertThat(lines(db, PARKED)).isEmpty();
      }
    }
  }

  private static Database made(Database db) {
    db.run(T);
    db.run(CRR);
    return db;
  }

  @Test
  void rowDeletedHere_noLongerForwardsItsParkedCells() {
    Database a = open(T, CRR);
    newer(a, "INSERT INTO t VALUES('k', 1, 'new')");
    Database old = open(T, CRR);
    pull(old, a);
    old.run("DELETE FROM t");
    assertThat(lines(old, "SELECT cid, val FROM crsql_changes")).containsExactly("-1 2");
    old.run("SELECT crsql_optimize()");
    assertThat(lines(old, "SELECT cid, val FROM crsql_changes")).containsExactly("-1 2");
    pull(a, old);
    newer(old);
    assertThat(lines(old, ROWS)).isEmpty();
    assertThat(lines(old, PARKED)).isEmpty();
    assertThat(state(old)).isEqualTo(state(a));
  }

  @Test
  void cursorOfAReader_doesNotMissWhatWasParkedSince() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1)");
    Database relay = open();
    pull(relay, a);
    Object cursor = relay.value("SELECT max(db_version) FROM crsql_changes");
    assertThat(cursor).isEqualTo(relay.value("SELECT crsql_dbversion()"));
    a.run("UPDATE t SET b = 2");
    pull(relay, a);
    assertThat(lines(relay, "SELECT val FROM crsql_changes WHERE db_version > " + cursor))
        .containsExactly("2");
    assertThat(lines(relay, "SELECT val FROM crsql_changes WHERE version > 1"))
        .containsExactly("2");
    assertThat(lines(relay, "SELECT val FROM crsql_changes WHERE \"table\" = 'u'")).isEmpty();
    assertThat(
            lines(
                relay,
                "SELECT val FROM crsql_changes WHERE site_id = (SELECT site_id FROM"
                    + " crsql_parked)"))
        .containsExactly("2");
    assertThat(lines(relay, "SELECT val FROM crsql_changes WHERE site_id IS NULL")).isEmpty();
  }

  @Test
  void parkedChange_movesTheClock() {
    Database relay = open();
    relay.run(MERGE, "t", 1L, 1L, 5L, 70L, Blob.of(new byte[16]));
    assertThat(relay.value("SELECT crsql_dbversion()")).isEqualTo(71L);
    made(relay);
    relay.run("INSERT INTO t VALUES(2, 2)");
    assertThat((long) relay.value("SELECT version FROM crsql_changes WHERE pk = 2"))
        .isGreaterThan(70L);
  }

  @Test
  void parkedChangeThatTheTableCannotTake_staysAndSaysWhy() {
    Database db = open();
    db.run(MERGE, "t", "'a'|1", 1L, 5L, 70L, Blob.of(new byte[16]));
    db.run(MERGE, "t", 1L, 1L, 6L, 71L, Blob.of(new byte[16]));
    made(db);
    assertThat(lines(db, ROWS)).containsExactly("1 6");
    assertThat(lines(db, "SELECT pk, reason FROM crsql_parked"))
        .containsExactly(
            "'a'|1 crsql_changes: table \"t\": pk must be a literal, text in quotes; it is 'a'|1");
    assertThat(lines(db, "SELECT pk FROM crsql_changes")).containsExactly("1");
  }

  @Test
  void existenceMarkForATableThatHasColumnsHere_makesTheRowLive() {
    Database keyOnly = open("CREATE TABLE t(a PRIMARY KEY NOT NULL)", CRR);
    keyOnly.run("INSERT INTO t VALUES('k')");
    Database b = open(T, CRR);
    pull(b, keyOnly);
    assertThat(lines(b, ROWS)).containsExactly("k null");
    assertThat(state(b)).isEqualTo(state(keyOnly));
  }

  @Test
  void rollback_leavesNothingParked() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1)");
    Database b = open();
    b.run("BEGIN");
    pull(b, a);
    b.run("ROLLBACK");
    pull(b, a);
    assertThat(state(b)).isEqualTo(state(a));
    made(b);
    assertThat(lines(b, ROWS)).containsExactly("1 1");
  }

  @Test
  void droppedTable_parksWhatArrivesForItUntilItIsMadeAgain() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1)");
    Database b = open(T, CRR);
    b.run("DROP TABLE t");
    pull(b, a);
    assertThat(lines(b, "SELECT pk, val FROM crsql_changes")).containsExactly("1 1");
    made(b);
    assertThat(lines(b, ROWS)).containsExactly("1 1");
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  void changeThatComesAgain_leavesTheClockAlone() {
    Database relay = open();
    relay.run(MERGE, "t", 1, 1, 5, 70, SITE);
    relay.run(MERGE, "t", 1, 1, 5, 70, SITE);
    assertThat(relay.value("SELECT crsql_dbversion()")).isEqualTo(71L);
  }

  @Test
  void oneStampWithTwoValues_parksTheGreaterOne() {
    for (Object[] values : new Object[][] {{5, 6}, {6, 5}, {"'a!'", "'a'"}, {"'a'", 9}}) {
      Database known = open(T, CRR);
      Database relay = open();
      for (Object value : values) {
        known.run(MERGE, "t", 1, 1, value, 70, SITE);
        relay.run(MERGE, "t", 1, 1, value, 70, SITE);
      }
      Database behind = open(T, CRR);
      pull(behind, relay);
      assertThat(lines(behind, ROWS)).isEqualTo(lines(known, ROWS));
      assertThat((String) relay.value("SELECT crsql_verify()"))
          .isEqualTo(known.value("SELECT crsql_verify()"))
          .isNotEqualTo("ok");
    }
  }

  @Test
  void triggerThatRollsBack_leavesEverythingAsItWas() {
    Database db = open();
    db.run(MERGE, "t", 1, 1, 500, 70, SITE);
    db.run(MERGE, "t", 2, 1, 5, 71, SITE);
    db.run(T);
    db.run(
        "CREATE TRIGGER guard BEFORE INSERT ON t WHEN new.b > 100"
            + " BEGIN SELECT RAISE(ROLLBACK, 'too much'); END");
    List<String> parked = lines(db, PARKED);
    assertThat(error(db, CRR)).isEqualTo("too much");
    assertThat(lines(db, PARKED)).isEqualTo(parked);
    db.run("BEGIN");
    assertThat(error(db, CRR)).isEqualTo("too much");
    assertThat(lines(db, PARKED)).isEqualTo(parked);
    db.run("DROP TRIGGER guard");
    db.run(CRR);
    assertThat(lines(db, ROWS)).containsExactly("1 500", "2 5");
  }

  @Test
  void rowDeletedAndMadeAgainHere_doesNotGetItsParkedCells() {
    Database old = open(T, CRR);
    old.run(MERGE, "t", 1, "c", 500, 70, SITE);
    old.run("DELETE FROM t");
    old.run("INSERT INTO t VALUES(1, 7)");
    assertThat(lines(old, "SELECT cid, val FROM crsql_changes")).containsExactly("1@3 7");
    newer(old);
    assertThat(lines(old, ROWS)).containsExactly("1 7 null");
    assertThat(lines(old, PARKED)).isEmpty();
  }

  @Test
  void refusedFirstChange_leavesTheTransactionUsable() {
    Database db = open("BEGIN");
    assertThat(error(db, MERGE, "t", 1, 1, 5, 0, SITE)).contains("version must be");
    db.run(MERGE, "t", 1, 1, 5, 70, SITE);
    db.run("COMMIT");
    assertThat(lines(made(db), ROWS)).containsExactly("1 5");
  }

  @Test
  void rowThatLivesByParkedCellsOnly_hasTheGreatestSpellingForAnyOrderOfArrival() {
    String nocase = "CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, b)";
    List<Object> upper = Arrays.asList("t", "'K'", "d", 6L, 11L, SITE);
    List<Object> lower = Arrays.asList("t", "'k'", "c", 5L, 10L, SITE);
    List<Object> known = Arrays.asList("t", "'K'", "b", 1L, 9L, SITE);
    Database first = open(nocase, CRR);
    merge(first, List.of(upper, lower));
    Database second = open(nocase, CRR);
    merge(second, List.of(lower, upper));
    assertThat(lines(first, ROWS)).isEqualTo(lines(second, ROWS)).containsExactly("k null");
    merge(first, List.of(known));
    Database third = open(nocase, CRR);
    merge(third, List.of(known, lower));
    assertThat(lines(first, ROWS)).isEqualTo(lines(third, ROWS)).containsExactly("K 1");
  }

  @Test
  void keysOfOtherTypes_areParkedApart() {
    Database db = open();
    merge(
        db,
        List.of(
            Arrays.asList("t", 1L, 1L, "'x'", 9L, SITE),
            Arrays.asList("t", 1.0, 1L, "'y'", 10L, SITE)));
    db.run("CREATE TABLE t(a TEXT PRIMARY KEY NOT NULL, b)");
    db.run(CRR);
    assertThat(lines(db, ROWS)).containsExactly("1 x", "1.0 y");
  }

  @Test
  void tableRenamed_takesItsParkedCellsAlong() {
    Database db = open(T, CRR);
    db.run(MERGE, "t", 1, "c", 5, 70, SITE);
    db.run("ALTER TABLE t RENAME TO u");
    db.run(MERGE, "u", 1, "c", 6, 80, SITE);
    db.run("SELECT crsql_as_crr('u')");
    assertThat(lines(db, "SELECT \"table\", val, version FROM crsql_parked"))
        .containsExactly("u 6 80");
    db.run("SELECT crsql_begin_alter('u')");
    db.run("ALTER TABLE u RENAME TO v");
    db.run("SELECT crsql_commit_alter('v')");
    assertThat(lines(db, "SELECT \"table\", val, reason FROM crsql_parked"))
        .containsExactly("v 6 \"v\" has no column \"c\" here");
    db.run("CREATE TABLE t(a PRIMARY KEY, c)");
    db.run(CRR);
    assertThat(lines(db, "SELECT * FROM t")).isEmpty();
  }

  @Test
  void oneChangeInSeveralForms_isParkedOnceAndPassedOnInTheOneOfReading() {
    Database relay = open();
    merge(
        relay,
        List.of(
            Arrays.asList("t", new Blob("27"), 1L, new Blob("00FF"), 9L, SITE),
            Arrays.asList("t", "x'27'", "1", "X'00ff'", 9L, SITE),
            Arrays.asList("t", "5", 1L, "7", 10L, SITE),
            Arrays.asList("t", 5L, 1L, 7L, 10L, SITE),
            Arrays.asList("t", 6L, -1L, null, 11L, SITE)));
    assertThat(lines(relay, "SELECT pk, typeof(pk), cid, val FROM crsql_changes"))
        .containsExactly("X'27' text 1 X'00FF'", "5 integer 1 7", "6 integer -1 2");
    Database next = open();
    pull(next, relay);
    assertThat(state(next)).isEqualTo(state(relay));
  }
}
