package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Changes as they come in a stream, row by row and cell by cell, with something between them that
 * makes untrue what is known of the last one.
 */
class ConsecutiveTest extends Scenario {
  private static final String T = "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)";
  private static final Blob SITE = new Blob("AA".repeat(16));

  private static void change(Database to, int pk, Object cid, Object val, long version) {
    to.run(MERGE, "t", pk, cid, val, version, SITE);
  }

  /** A table that has merged three rows. */
  private Database afterRows(String table) {
    Database db = open(table, "SELECT crsql_as_crr('t')", "BEGIN");
    for (int row = 1; row <= 3; row++) {
      change(db, row, 1, row * 10, row * 2 - 1);
      change(db, row, 2, row * 10 + 1, row * 2);
    }
    return db;
  }

  /** Asserts that a row has these cells, and that all is well. */
  private static void hasCells(Database db, int row, String... cells) {
    db.run("COMMIT");
    assertThat(
            lines(
                db,
                "SELECT col, val, CASE WHEN site_id IS NULL THEN 'local' ELSE version END FROM crsql_changes WHERE pk = "
                    + row
                    + " ORDER BY col IS NULL, col"))
        .containsExactly(cells);
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void cellsOfOneWrite_areLearntOfAtOnce() {
    Database db = afterRows(T);
    hasCells(db, 3, "b 30 5", "c 31 6");
    assertThat(db.value("SELECT count(DISTINCT db_version) FROM crsql_changes")).isEqualTo(3L);
  }

  @Test
  void cellAfterALocalWriteOfItsRow_losesAgainstIt() {
    Database db = afterRows(T);
    change(db, 4, 1, 40, 7);
    db.run("UPDATE t SET c = 'mine' WHERE a = 4");
    change(db, 4, 2, 41, 8);
    hasCells(db, 4, "b 40 7", "c 'mine' local");
  }

  @Test
  void cellAfterAFoldedLocalWriteOfItsRow_losesAgainstIt() {
    Database db = afterRows(T);
    change(db, 4, 1, 40, 7);
    db.run("UPDATE t SET c = 'mine' WHERE a = 4");
    db.run("SELECT crsql_optimize()");
    change(db, 4, 2, 41, 8);
    hasCells(db, 4, "b 40 7", "c 'mine' local");
  }

  @Test
  void cellAfterTheRollbackOfItsRow_beginsTheRowAgain() {
    Database db = afterRows(T);
    db.run("SAVEPOINT s");
    change(db, 4, 1, 40, 7);
    db.run("ROLLBACK TO s");
    change(db, 4, 2, 41, 8);
    hasCells(db, 4, "c 41 8");
    assertThat(lines(db, "SELECT * FROM t WHERE a = 4")).containsExactly("4 null 41");
  }

  @Test
  void rowAfterTheRollbackOfTheLastOne_isMerged() {
    Database db = afterRows(T);
    db.run("SAVEPOINT s");
    change(db, 4, 1, 40, 7);
    db.run("ROLLBACK TO s");
    change(db, 4, 1, 40, 7);
    change(db, 5, 1, 50, 9);
    hasCells(db, 4, "b 40 7");
    assertThat(lines(db, "SELECT a FROM t WHERE a > 3")).containsExactly("4", "5");
  }

  @Test
  void newRowThatFailsForAnotherReasonThanItsValues_leavesNothing() {
    Database db = afterRows("CREATE TABLE t(a INTEGER PRIMARY KEY, b CHECK(abs(b) > 0), c)");
    assertThat(error(db, MERGE, "t", 4, 1, Long.MIN_VALUE, 7, SITE)).contains("integer overflow");
    change(db, 4, 1, 40, 7);
    hasCells(db, 4, "b 40 7");
  }

  @Test
  void cellThatFailsForAnotherReasonThanItsValue_leavesNothing() {
    Database db = afterRows("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c CHECK(abs(c) > 0))");
    change(db, 4, 1, 40, 7);
    assertThat(error(db, MERGE, "t", 4, 2, Long.MIN_VALUE, 8, SITE)).contains("integer overflow");
    hasCells(db, 4, "b 40 7");
  }

  @Test
  void refusedRow_isHeldAndItsNextCellLetsItIn() {
    Database db = afterRows("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, CHECK(b < c))");
    change(db, 4, 1, 40, 7);
    change(db, 4, 2, 39, 8);
    assertThat(lines(db, "SELECT pk, reason FROM crsql_held"))
        .containsExactly("4 CHECK constraint failed: b < c");
    change(db, 5, 1, 50, 9);
    change(db, 4, 2, 41, 10);
    hasCells(db, 4, "b 40 7", "c 41 10");
    assertThat(lines(db, "SELECT a FROM t WHERE a > 3")).containsExactly("4", "5");
  }

  @Test
  void triggerMadeBetweenRows_isFollowedByTheNextOne() {
    Database db = afterRows(T);
    db.run("CREATE TRIGGER u AFTER INSERT ON t BEGIN UPDATE t SET c = 'u' WHERE a = new.a; END");
    db.run("SELECT crsql_as_crr('t')");
    change(db, 4, 1, 40, 7);
    hasCells(db, 4, "b 40 7", "c 'u' local");
  }

  @Test
  void triggerMadeBetweenCells_isFollowedByTheNextOne() {
    Database db = afterRows(T);
    change(db, 4, 1, 40, 7);
    db.run(
        "CREATE TRIGGER u AFTER UPDATE OF c ON t BEGIN"
            + " UPDATE t SET b = 'u' WHERE a = new.a; END");
    db.run("SELECT crsql_as_crr('t')");
    change(db, 4, 2, 41, 8);
    hasCells(db, 4, "b 'u' local", "c 41 8");
  }

  @Test
  void columnDroppedBetweenCells_isNotWritten() {
    Database db = afterRows(T);
    change(db, 4, 1, 40, 7);
    db.run("SELECT crsql_begin_alter('t')");
    db.run("ALTER TABLE t DROP COLUMN c");
    db.run("SELECT crsql_commit_alter('t')");
    change(db, 4, 2, 41, 8);
    hasCells(db, 4, "b 40 7", "null 41 8");
  }

  @Test
  void columnRenamedBetweenRowsWithoutACall_refusesTheNextOne() {
    Database db = afterRows(T);
    db.run("ALTER TABLE t RENAME COLUMN b TO z");
    assertThat(error(db, MERGE, "t", 4, 1, 40, 7, SITE))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the column \"b\" renamed to \"z\", so its writes"
                + " cannot be tracked; call crsql_as_crr('t')");
    assertThat(lines(db, "SELECT * FROM t WHERE a = 4")).isEmpty();
  }

  @Test
  void deletionOfTheLastRow_isMergedAndItsCellsAreDropped() {
    Database db = afterRows(T);
    change(db, 4, 1, 40, 7);
    change(db, 4, -1, 2, 9);
    change(db, 4, 2, 41, 8);
    hasCells(db, 4, "null 2 9");
  }

  @Test
  void newRow_isNotNewOnceItIsThere() {
    Database db = afterRows(T);
    change(db, 2, 1, 22, 1);
    change(db, 5, 1, 50, 9);
    change(db, 2, 1, 21, 7);
    hasCells(db, 2, "b 21 7", "c 21 4");
  }

  @Test
  void keysOfEqualValue_areOneRow() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b, c)", "SELECT crsql_as_crr('t')", "BEGIN");
    for (int row = 1; row <= 3; row++) {
      change(db, row, 1, row, row);
    }
    change(db, 4, 1, 40, 7);
    db.run(MERGE, "t", 4.0, 2, 41, 8, SITE);
    change(db, 5, 2, 51, 10);
    db.run(MERGE, "t", 5.0, 1, 50, 9, SITE);
    db.run("COMMIT");
    assertThat(lines(db, "SELECT * FROM t WHERE a > 3")).containsExactly("4.0 40 41", "5 50 51");
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
  }
}
