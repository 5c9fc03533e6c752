package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fold makes of the log: the same changes, with nothing in the log that is superseded. */
class FoldTest extends Scenario {
  private static final Blob SITE = new Blob("AB".repeat(16));
  private static final String FOLD = "SELECT crsql_optimize()";

  private Database three() {
    return open("CREATE TABLE t(a PRIMARY KEY, b, c)", "SELECT crsql_as_crr('t')");
  }

  /** Folds, which must not change what can be read, and gives at, cols of the log. */
  private static Object[] folded(Database db) {
    var before = changes(db);
    db.run(FOLD);
    assertThat(changes(db)).isEqualTo(before);
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
    return lines(db, "SELECT at, cols FROM t__crsql_log ORDER BY at").toArray();
  }

  @Test
  void columnsOfAnInsertedRow_goFromItsEntryOneByOne() {
    Database db = three();
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    assertThat(folded(db)).containsExactly("1 3");
    db.run("UPDATE t SET b = 4");
    assertThat(folded(db)).containsExactly("1 2", "3 1");
    db.run("UPDATE t SET b = 5");
    assertThat(folded(db)).containsExactly("1 2", "5 1");
    db.run("UPDATE t SET c = 6");
    assertThat(folded(db)).containsExactly("5 1", "7 2");
    db.run("UPDATE t SET b = 7, c = 7");
    assertThat(folded(db)).containsExactly("9 3");
  }

  @Test
  void manyWritesOfOneRow_areFoldedAtOnce() {
    Database db = three();
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    db.run(FOLD);
    for (int i = 4; i < 9; i++) {
      db.run("UPDATE t SET " + (i % 2 == 0 ? "b" : "c") + " = " + i);
    }
    assertThat(folded(db)).containsExactly("9 2", "11 1");
    db.run("DELETE FROM t");
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    db.run("DELETE FROM t");
    assertThat(folded(db)).containsExactly("16 0");
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    db.run("UPDATE t SET b = 4");
    assertThat(folded(db)).containsExactly("17 2", "19 1");
  }

  @Test
  void entryOfOneColumnThatIsWrittenAgain_goes() {
    Database db = three();
    db.run(MERGE, "t", 1, 1, 9, 50, SITE);
    db.run("UPDATE t SET b = 10");
    assertThat(folded(db)).containsExactly("52 1");
    db.run(MERGE, "t", 2, 2, 9, 60, SITE);
    db.run("UPDATE t SET b = 1, c = 1");
    db.run("UPDATE t SET b = 2");
    assertThat(folded(db)).containsExactly("62 2", "64 2", "66 1", "68 1");
  }

  @Test
  void versionsFarAhead_changeNothing() {
    Database db = three();
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    db.run(MERGE, "t", 2, 1, 9, 1L << 43, SITE);
    db.run("UPDATE t SET c = 4");
    long at = (1L << 43) + 2;
    assertThat(folded(db)).containsExactly("1 1", at - 1 + " 1", at + " 2", at + 2 + " 2");
  }

  @Test
  void rowThatTheLogHasLost_isThereAgainWithItsNextWrite() {
    Database db = three();
    db.run("INSERT INTO t VALUES(1, 2, 3), (2, 3, 4)");
    db.run("DELETE FROM t__crsql_log");
    db.run("UPDATE t SET c = 9");
    db.run("UPDATE t SET b = 9 WHERE a = 2");
    assertThat(folded(db)).containsExactly("5 2", "7 2", "9 1");
  }

  @Test
  void rowOfManyColumnsThatTheLogHasLost_isThereAgainWithItsNextWrite() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, d0, d1, d2, d3,"
                + " d4, d5, d6, d7, d8, d9, e0, e1)",
            "INSERT INTO t(a) VALUES(1), (2)",
            "SELECT crsql_as_crr('t')",
            "DELETE FROM t__crsql_log",
            "DELETE FROM t__crsql_rows",
            "UPDATE t SET c1 = 9, e1 = 9");
    assertThat(folded(db)).containsExactly("45 2097154", "67 2097154");
  }

  @Test
  void deletionBeforeASeek_countsAsLongAsItIsNotFolded() {
    Database db = three();
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    db.run("DELETE FROM t");
    db.run("INSERT INTO t VALUES(2, 2, 3)");
    long after = (long) db.value("SELECT crsql_db_version()");
    db.run("INSERT INTO t VALUES(1, 4, 5), (3, 4, 5)");
    String read = "SELECT pk, cid FROM crsql_changes WHERE db_version > " + after;
    String[] delta = {"1 1@3", "1 2@3", "3 1", "3 2"};
    assertThat(lines(db, read)).containsExactly(delta);
    db.run(FOLD);
    assertThat(lines(db, read)).containsExactly(delta);
  }

  @Test
  void deletionAfterOneThatWasRolledBack_isNoted() {
    Database db = three();
    db.run("INSERT INTO t VALUES(1, 2, 3), (2, 2, 3)");
    db.run("BEGIN");
    db.run("SAVEPOINT s");
    db.run("DELETE FROM t WHERE a = 1");
    db.run("ROLLBACK TO s");
    db.run("DELETE FROM t WHERE a = 2");
    db.run("COMMIT");
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
    assertThat(db.value("SELECT deleted FROM crsql_tables"))
        .isEqualTo(db.value("SELECT max(at) FROM t__crsql_log"));
  }

  @Test
  void deletionAfterAnotherConnectionHasFolded_isNoted(@TempDir Path dir) {
    Database one = openFile(dir.resolve("t.db").toString());
    one.run("CREATE TABLE t(a PRIMARY KEY, b)");
    one.run("SELECT crsql_as_crr('t')");
    one.run("INSERT INTO t VALUES(1, 2), (2, 2)");
    one.run("DELETE FROM t WHERE a = 1");
    Database other = openFile(dir.resolve("t.db").toString());
    other.run(FOLD);
    assertThat(other.value("SELECT deleted FROM crsql_tables")).isEqualTo(0L);
    one.run("DELETE FROM t WHERE a = 2");
    assertThat(one.value("SELECT crsql_verify()")).isEqualTo("ok");
    assertThat(other.value("SELECT deleted > 0 FROM crsql_tables")).isEqualTo(1L);
  }

  @Test
  void function_isNotForUsers() {
    assertThat(error(three(), "SELECT crsql_fold(1, 1, 1, 1)"))
        .isEqualTo(
            "crsql_fold: only crsql itself may call it; to fold the logs, call"
                + " crsql_optimize()");
  }
}
