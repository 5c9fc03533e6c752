package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schemas that change under a replicated table: nothing goes by untracked, and messages say the way
 * out.
 */
class SchemaDriftTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String CELLS = "SELECT pk, cid, val FROM crsql_changes ORDER BY pk, col";
  private static final String DELETION =
      "INSERT INTO crsql_changes(\"table\", pk, cid, version) VALUES('t', '''a''', -1, 30)";

  @Test
  void updateOfAColumnAddedSince_isRefusedNotMissed() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "ALTER TABLE t ADD COLUMN d");
    String refusal =
        "crsql: the replicated table \"t\" has the new column \"d\", so its writes cannot be"
            + " tracked; call crsql_as_crr('t')";
    assertThat(error(db, "UPDATE t SET d = 5")).isEqualTo(refusal);
    assertThat(error(db, "DELETE FROM t")).isEqualTo(refusal);
    db.run(CRR);
    db.run("UPDATE t SET d = 5");
    assertThat(lines(db, CELLS)).containsExactly("1 1 1", "1 2 1", "1 d 5");
  }

  @Test
  void valuesOfAColumnAddedInTheSameTransaction_areCaptured() {
    Database db = open(T, CRR);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    db.run("ALTER TABLE t ADD COLUMN d DEFAULT 'd'");
    db.run("UPDATE t SET d = 'new' WHERE a = 1");
    db.query("SELECT crsql_dbversion()");
    db.run(CRR);
    db.run("INSERT INTO t VALUES(3, 3, 3, 3)");
    db.run("COMMIT");
    assertThat(lines(db, CELLS))
        .containsExactly(
            "1 1 1", "1 2 1", "1 d 'new'", "2 1 2", "2 2 2", "3 1 3", "3 2 3", "3 d 3");
  }

  @Test
  void schemaChangedAfterTheFirstWrite_failsTheCommitIfSomethingMayHaveBeenMissed() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("CREATE TABLE u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("CREATE TRIGGER again AFTER DELETE ON t BEGIN INSERT INTO t VALUES(old.a, 'x', 0); END");
    db.run("DELETE FROM t");
    lines(db, CELLS);
    db.run("INSERT INTO u VALUES(1, 1)");
    assertThat(error(db, "COMMIT"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the newer trigger \"again\" that runs before"
                + " crsql's, so its writes cannot be tracked; call crsql_as_crr('t'); this"
                + " transaction has been rolled back");
    assertThat(lines(db, CELLS)).containsExactly("1 1 1", "1 2 1");
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("CREATE INDEX harmless ON t(b)");
    db.run("INSERT INTO t VALUES(3, 3, 3)");
    db.run("COMMIT");
    assertThat(db.value("SELECT count(*) FROM crsql_changes")).isEqualTo(6L);
  }

  @Test
  void tableReplacedInATransaction_isCapturedAgain() {
    Database db = open(T, CRR);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("CREATE TABLE t2(a PRIMARY KEY, b, c)");
    db.run("INSERT INTO t2 SELECT * FROM t");
    db.run("DROP TABLE t");
    db.run("ALTER TABLE t2 RENAME TO t");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run(CRR);
    db.run("INSERT INTO t VALUES(3, 3, 3)");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT DISTINCT pk FROM crsql_changes")).containsExactly("1", "2", "3");
  }

  @Test
  void lossOfTheLastColumn_isRefusedByName() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR, "INSERT INTO t VALUES(1, 1)");
    dropTriggers(db);
    db.run("ALTER TABLE t DROP COLUMN b");
    assertThat(error(db, CRR))
        .isEqualTo(
            "crsql: the replicated table \"t\" has lost its last column besides the key, so its"
                + " writes cannot be tracked; add a column and call crsql_as_crr('t')");
    db.run("ALTER TABLE t ADD COLUMN z");
  }

  private static void dropTriggers(Database db) {
    for (String which : new String[] {"insert", "delete", "update", "key"}) {
      db.run("DROP TRIGGER t__crsql_" + which);
    }
  }

  @Test
  void tableMadeAnewWithAnotherKey_isRefusedAndLeavesOthersReadable() {
    for (String ddl :
        new String[] {
          "CREATE TABLE t(a, b, c, PRIMARY KEY(a, b))",
          "CREATE TABLE t(a COLLATE NOCASE PRIMARY KEY, b, c)",
          "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)"
        }) {
      Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
      db.run("CREATE TABLE u(a PRIMARY KEY, b)");
      db.run("SELECT crsql_as_crr('u')");
      db.run("INSERT INTO u VALUES(1, 1)");
      db.run("DROP TABLE t");
      db.run(ddl);
      assertThat(lines(db, "SELECT \"table\" FROM crsql_changes")).containsExactly("u");
      assertThat(error(db, CRR))
          .isEqualTo(
              "crsql: the replicated table \"t\" has another PRIMARY KEY than when it was"
                  + " replicated, so its writes cannot be tracked; give it the one it had, or call"
                  + " crsql_as_table('t') to begin afresh");
    }
  }

  @Test
  void plainDropColumn_isRefusedBySqliteItself() {
    Database db = open(T, CRR);
    assertThat(error(db, "ALTER TABLE t DROP COLUMN b")).startsWith("error in trigger t__crsql_");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(lines(db, CELLS)).containsExactly("1 1 1", "1 2 1");
  }

  @Test
  void triggerThatRanBeforeTheCaptureInTheSameTransaction_isMadeUpFor() {
    Database db = open(T, CRR);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("CREATE TRIGGER again AFTER DELETE ON t BEGIN INSERT INTO t VALUES(old.a, 'x', 0); END");
    db.run("DELETE FROM t");
    db.run(CRR);
    db.run("COMMIT");
    assertThat(lines(db, CELLS)).containsExactly("2 1@3 'x'", "2 2@3 0");
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void columnAddedToATableThatWasNotWritten_isTakenInWithoutReadingTheTable() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "ALTER TABLE t ADD COLUMN d");
    db.run(CRR);
    db.run("SELECT crsql_begin_alter('t')");
    db.run("ALTER TABLE t ADD COLUMN e");
    db.run("SELECT crsql_commit_alter('t')");
    assertThat(lines(db, "SELECT * FROM t__crsql_rows")).isEmpty();
    assertThat(db.value("SELECT count(*) FROM t__crsql_log")).isEqualTo(1L);
  }

  @Test
  void rebuiltTable_isNotCapturedUntilMended() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    db.run("CREATE TABLE new(a PRIMARY KEY, b, c)");
    db.run("INSERT INTO new SELECT * FROM t WHERE a = 1");
    db.run("DROP TABLE t");
    db.run("ALTER TABLE new RENAME TO t");
    db.run("INSERT INTO t VALUES(3, 3, 3)");
    String lost =
        "crsql: the replicated table \"t\" has lost the trigger \"t__crsql_insert\", so its writes"
            + " cannot be tracked; call crsql_as_crr('t')";
    assertThat(error(db, MERGE, "t", 1, 1, 5, 99, new Blob("AB".repeat(16)))).isEqualTo(lost);
    assertThat(error(db, "SELECT crsql_begin_alter('t')")).isEqualTo(lost);
    assertThat((String) db.value("SELECT crsql_verify()")).startsWith(lost);
    db.run(CRR);
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes ORDER BY pk, col"))
        .containsExactly("1 1 1", "1 2 1", "2 -1 2", "3 1 3", "3 2 3");
  }

  @Test
  void columnsThatDifferBeyondAscii_areTwo() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, \"ä\", \"Ä\")", CRR);
    db.run(MERGE, "t", 1, "Ä", 5, 9, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 null 5");
  }

  @Test
  void temporaryTriggersOnOtherTablesOfTheName_areNoConcern() {
    Database db = open(T, CRR, "CREATE TEMP TABLE t(x)");
    db.run("CREATE TEMP TRIGGER tmp AFTER INSERT ON t BEGIN SELECT 1; END");
    db.run("INSERT INTO main.t VALUES(1, 1, 1)");
    db.run("CREATE TEMP TRIGGER tmp2 AFTER INSERT ON main.t BEGIN SELECT 1; END");
    assertThat(error(db, "INSERT INTO main.t VALUES(2, 2, 2)"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the temporary trigger \"tmp2\" that runs before"
                + " crsql's, so its writes cannot be tracked; drop it");
  }

  @Test
  void rolledBackSchemaChange_isNotTakenForTheOneThatGetsItsNumber() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("BEGIN");
    db.run("SAVEPOINT s");
    db.run("CREATE TABLE harmless(x)");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("ROLLBACK TO s");
    db.run("ALTER TABLE t ADD COLUMN d");
    assertThat(error(db, "UPDATE t SET d = 5"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the new column \"d\", so its writes cannot be"
                + " tracked; call crsql_as_crr('t')");
    db.run(CRR);
    db.run("UPDATE t SET d = 5");
    db.run("COMMIT");
    assertThat(lines(db, CELLS)).containsExactly("1 1 1", "1 2 1", "1 d 5");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "ALTER TABLE t RENAME COLUMN a TO k | has the changed trigger \"t__crsql_insert\"",
        "ALTER TABLE t RENAME COLUMN b TO z | has the column \"b\" renamed to \"z\"",
        "ALTER TABLE t ADD COLUMN d | has the new column \"d\"",
        "ALTER TABLE t RENAME TO u; CREATE TABLE t(a PRIMARY KEY, b, c) | has been renamed to \"u\"",
        "DROP TABLE t; CREATE TABLE t(a PRIMARY KEY, b, c) | has lost the trigger"
            + " \"t__crsql_insert\"",
      })
  void alterBetweenTwoMergesOfATransaction_isNoticed(String alters, String fault) {
    Database db = merging();
    for (String alter : alters.split("; ")) {
      db.run(alter);
    }
    assertThat(error(db, DELETION))
        .startsWith("crsql: the replicated table \"t\" " + fault + ", so its writes cannot be");
  }

  @Test
  void dropBetweenTwoMergesOfATransaction_isNoticed() {
    Database db = merging();
    db.run("DROP TABLE t");
    assertThat(error(db, DELETION))
        .isEqualTo(
            "crsql: the replicated table \"t\" has been dropped, so that nothing can be merged into"
                + " it; merge the change again, and it is parked");
    db.run(DELETION);
    assertThat(db.value("SELECT count(*) FROM crsql_parked")).isEqualTo(1L);
  }

  @Test
  void indexMadeBetweenTwoMergesOfATransaction_doesNotMatter() {
    Database db = merging();
    db.run("CREATE INDEX i ON t(b)");
    db.run(DELETION);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("x 9 2");
  }

  /** In a transaction that has merged into the table. */
  private Database merging() {
    return open(
        T,
        CRR,
        "INSERT INTO t VALUES('a', 1, 1), ('x', 2, 2)",
        "BEGIN",
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version)"
            + " VALUES('t', '''x''', 1, 9, 20)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RENAME COLUMN b TO z", "DROP COLUMN b", "RENAME COLUMN a TO z"})
  void alterWhileChangesAreRead_doesNotTurnNamesIntoValues(String alter) {
    Database db =
        open(T, CRR, "INSERT INTO t VALUES('a', 1, 1)", "INSERT INTO t VALUES('x', 2, 2)");
    List<Object> read = new ArrayList<>();
    Consumer<List<Object>> reader =
        row -> {
          if (read.isEmpty()) {
            db.run("SELECT crsql_begin_alter('t')");
            db.run("ALTER TABLE t " + alter);
          }
          read.add(row.get(0));
        };
    assertThatThrownBy(() -> db.each("SELECT val FROM crsql_changes", reader))
        .hasMessageStartingWith("no such column: t.");
    assertThat(read).doesNotContain("'a'", "'b'");
  }
}
