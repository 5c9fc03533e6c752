package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code crsql_begin_alter} and {@code crsql_commit_alter}: any ALTER TABLE, in one piece. */
class AlterTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String BEGIN = "SELECT crsql_begin_alter('t')";
  private static final String COMMIT = "SELECT crsql_commit_alter('t')";
  private static final String BEING_ALTERED =
      "crsql: the replicated table \"t\" is being altered, so its writes cannot be tracked; call"
          + " crsql_commit_alter('t')";
  private static final String CELLS =
      "SELECT \"table\", pk, cid, col, val, version FROM crsql_changes ORDER BY version";

  @TempDir Path dir;

  private Database altered(String... statements) {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", BEGIN);
    for (String statement : statements) {
      db.run(statement);
    }
    return db;
  }

  @Test
  void columnAdded_isCapturedFromThenOn() {
    Database db = altered("ALTER TABLE t ADD COLUMN d DEFAULT 7", COMMIT);
    db.run("UPDATE t SET d = 8");
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 b 1 1", "t 1 2 c 1 2", "t 1 d d 8 6");
  }

  @Test
  void columnDropped_losesItsCellsAndItsSlot() {
    Database db = altered("ALTER TABLE t DROP COLUMN b", COMMIT);
    db.run("UPDATE t SET c = 2");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 2 4");
    db.run(BEGIN);
    db.run("ALTER TABLE t ADD COLUMN b");
    db.run(COMMIT);
    db.run("UPDATE t SET b = 3");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 2 4", "t 1 b b 3 8");
  }

  @Test
  void columnRenamed_keepsItsCells() {
    Database db = altered("ALTER TABLE t RENAME COLUMN b TO z", COMMIT);
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 z 1 1", "t 1 2 c 1 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "u"})
  void tableRenamed_isCommittedUnderEitherName(String name) {
    Database db = altered("ALTER TABLE t RENAME TO u");
    db.run("SELECT crsql_commit_alter(?1)", name);
    db.run("UPDATE u SET b = 2");
    assertThat(lines(db, CELLS)).containsExactly("u 1 2 c 1 2", "u 1 1 b 2 3");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "DROP COLUMN c; ADD COLUMN d; RENAME COLUMN b TO c | t 1 1 c 1 1",
        "DROP COLUMN b; ADD COLUMN b | t 1 2 c 1 2",
        "DROP COLUMN b; ADD COLUMN d; RENAME COLUMN d TO b | t 1 2 c 1 2",
        "DROP COLUMN b; RENAME COLUMN c TO b | t 1 2 b 1 2",
        "ADD COLUMN d; DROP COLUMN c; DROP COLUMN d | t 1 1 b 1 1",
        "RENAME COLUMN a TO b2; RENAME COLUMN b TO a; DROP COLUMN c | t 1 1 a 1 1",
        "RENAME COLUMN b TO \"of, on\"; DROP COLUMN c | t 1 1 of, on 1 1"
      })
  void columnsDroppedAddedAndRenamedAtOnce_areToldApart(String alters, String cells) {
    Database db = altered();
    for (String alter : alters.split("; ")) {
      db.run("ALTER TABLE t " + alter);
    }
    db.run(COMMIT);
    assertThat(lines(db, CELLS)).containsExactly(cells);
  }

  @Test
  void tableOfManyColumns_isAlteredLikeAnyOther() {
    StringBuilder ddl = new StringBuilder("CREATE TABLE t(a PRIMARY KEY");
    for (int i = 0; i < 1990; i++) {
      ddl.append(", c").append(i);
    }
    Database db = open(ddl + ")", CRR, "INSERT INTO t(a, c1, c1988) VALUES(1, 1, 1988)", BEGIN);
    db.run("ALTER TABLE t DROP COLUMN c1");
    db.run("ALTER TABLE t RENAME COLUMN c1988 TO c1");
    db.run("ALTER TABLE t ADD COLUMN c1988");
    db.run(COMMIT);
    assertThat(lines(db, "SELECT cid, val FROM crsql_changes WHERE col = 'c1'"))
        .containsExactly("1989 1988");
  }

  @Test
  void oneNameBorneByTwoColumnsInTurn_isRefused() {
    Database db =
        altered(
            "ALTER TABLE t ADD COLUMN d",
            "ALTER TABLE t RENAME COLUMN b TO x",
            "ALTER TABLE t DROP COLUMN x",
            "ALTER TABLE t RENAME COLUMN c TO x");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the new column \"x\" and no longer \"b\", which"
                + " may be a renaming, so its writes cannot be tracked; undo it, or drop the one,"
                + " call crsql_commit_alter('t'), and then add the other");
  }

  @Test
  void writesMeanwhile_areRefused() {
    Database db = altered();
    for (String write :
        new String[] {
          "INSERT INTO t VALUES(2, 2, 2)",
          "INSERT OR REPLACE INTO t VALUES(1, 2, 2)",
          "UPDATE OR IGNORE t SET c = 2",
          "DELETE FROM t",
          "INSERT INTO crsql_changes(\"table\", pk, cid, val, version) VALUES('t', 1, 1, 5, 9)"
        }) {
      assertThat(error(db, write)).isEqualTo(BEING_ALTERED);
    }
    assertThat(error(db, CRR)).isEqualTo(BEING_ALTERED);
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 b 1 1", "t 1 2 c 1 2");
  }

  @Test
  void outsideOfATransaction_itMakesOne() {
    String file = dir.resolve("t.db").toString();
    Database db = openFile(file);
    db.run(T);
    db.run(CRR);
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run(BEGIN);
    db.run("ALTER TABLE t ADD COLUMN d");
    Database other = openFile(file);
    assertThat(lines(other, "SELECT * FROM t")).containsExactly("1 1 1");
    close(db);
    other.run("UPDATE t SET b = 2");
    assertThat(lines(other, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 b 2 3");
    other.run(BEGIN);
    other.run("ALTER TABLE t ADD COLUMN d");
    other.run(COMMIT);
    assertThat(lines(openFile(file), "SELECT * FROM t")).containsExactly("1 2 1 null");
  }

  @Test
  void commitOfTheTransactionInBetween_failsAndUndoesAll() {
    for (String start : new String[] {"BEGIN", "SELECT 1", "SAVEPOINT x"}) {
      Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", start, BEGIN);
      db.run("ALTER TABLE t ADD COLUMN d");
      assertThat(error(db, "COMMIT"))
          .isEqualTo(BEING_ALTERED + "; this transaction has been rolled back");
      db.run("UPDATE t SET b = 2");
      assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 b 2 3");
    }
  }

  @Test
  void savepointThatMadeTheTransactionReleasedInBetween_failsToo() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "SAVEPOINT x", BEGIN);
    db.run("ALTER TABLE t ADD COLUMN d");
    assertThat(error(db, "RELEASE x"))
        .isEqualTo(BEING_ALTERED + "; this transaction has been rolled back");
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1 1");
  }

  @Test
  void databaseThatAnotherConnectionIsUsing_canBeTriedAgain() {
    String file = dir.resolve("busy.db").toString();
    Database db = openFile(file);
    db.run(T);
    db.run(CRR);
    Database other = openFile(file);
    other.run("BEGIN IMMEDIATE");
    assertThat(error(db, BEGIN)).isEqualTo("database is locked");
    other.run("COMMIT");
    db.run(BEGIN);
    db.run("ALTER TABLE t ADD COLUMN d");
    other.run("BEGIN");
    other.query("SELECT * FROM t");
    assertThat(error(db, COMMIT)).isEqualTo("database is locked");
    assertThat(error(db, "INSERT INTO t VALUES(1, 1, 1, 1)")).isEqualTo(BEING_ALTERED);
    other.run("COMMIT");
    db.run(COMMIT);
    assertThat(lines(other, "SELECT * FROM t")).isEmpty();
    other.run("INSERT INTO t VALUES(1, 1, 1, 1)");
    assertThat(lines(other, CELLS)).containsExactly("t 1 1 b 1 1", "t 1 2 c 1 2", "t 1 d d 1 3");
  }

  @Test
  void heldRows_followTheirTable() {
    String ddl = "CREATE TABLE t(a PRIMARY KEY, b DEFAULT 1 CHECK(b > 0), c)";
    Database loose =
        open(ddl.replace(" CHECK(b > 0)", ""), CRR, "INSERT INTO t VALUES(1, -1, 'c')");
    Database db = open(ddl, CRR);
    pull(db, loose);
    db.run("ALTER TABLE t RENAME TO u");
    assertThat(lines(db, "SELECT \"table\", pk FROM crsql_held")).containsExactly("u 1");
    db.run("SELECT crsql_as_crr('u')");
    db.run("SELECT crsql_begin_alter('u')");
    db.run("ALTER TABLE u DROP COLUMN c");
    db.run("ALTER TABLE u RENAME COLUMN b TO z");
    db.run("ALTER TABLE u ADD COLUMN d DEFAULT 4");
    db.run("SELECT crsql_commit_alter('u')");
    assertThat(lines(db, "SELECT \"table\", pk FROM crsql_held")).containsExactly("u 1");
    loose.run("UPDATE t SET b = 2");
    pull(db, loose);
    assertThat(lines(db, "SELECT a, z, d FROM u")).containsExactly("1 2 4");
    assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
  }

  @Test
  void constraintGivenUp_letsHeldRowsIn() {
    String ddl = "CREATE TABLE t(a PRIMARY KEY, b DEFAULT 1 CHECK(b > 0))";
    Database loose = open(ddl.replace(" CHECK(b > 0)", ""), CRR, "INSERT INTO t VALUES(1, -1)");
    Database db = open(ddl, CRR);
    pull(db, loose);
    db.run(BEGIN);
    rebuild(db, "CREATE TABLE t(a PRIMARY KEY, b DEFAULT 1)", "SELECT * FROM t");
    db.run(COMMIT);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 -1");
    assertThat(lines(db, "SELECT * FROM crsql_held")).isEmpty();
    assertThat(state(db)).isEqualTo(state(loose));
  }

  @Test
  void unfitTable_isRefusedInItsOwnWords() {
    Database db = altered("CREATE UNIQUE INDEX i ON t(b)");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql_commit_alter: \"t\" has the UNIQUE index \"i\", which replicas writing apart"
                + " cannot uphold; make it a plain index");
    db.run("DROP INDEX i");
    db.run(COMMIT);
    db.run(BEGIN);
    db.run("CREATE TABLE new(a PRIMARY KEY, b, c)");
    db.run("INSERT INTO new VALUES(NULL, 1, 1)");
    db.run("DROP TABLE t");
    db.run("ALTER TABLE new RENAME TO t");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql_commit_alter: \"t\" has 1 row(s) with a NULL in the PRIMARY KEY, which"
                + " identifies nothing; give them a key or delete them");
  }

  @Test
  void rollbackInBetween_undoesAll() {
    Database db = altered("ALTER TABLE t ADD COLUMN d", "ROLLBACK");
    db.run("UPDATE t SET b = 2");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 b 2 3");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql_commit_alter: \"t\" is not being altered; call crsql_begin_alter('t') first");
  }

  @Test
  void inTheCallersTransaction_itIsPartOfIt() {
    Database db = open(T, CRR, "BEGIN", "INSERT INTO t VALUES(1, 1, 1)", BEGIN);
    db.run("ALTER TABLE t ADD COLUMN d DEFAULT 4");
    db.run(COMMIT);
    db.run("INSERT INTO t VALUES(2, 2, 2, 2)");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes"))
        .containsExactly("1 1 1", "1 2 1", "2 1 2", "2 2 2", "2 d 2");
    db.run("BEGIN");
    db.run(BEGIN);
    db.run("ALTER TABLE t DROP COLUMN d");
    db.run(COMMIT);
    db.run("ROLLBACK");
    db.run("UPDATE t SET d = 3 WHERE a = 2");
    assertThat(lines(db, "SELECT val FROM crsql_changes WHERE col = 'd'")).containsExactly("3");
  }

  @Test
  void savepointsOfTheCallers_mayEnclose() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "SAVEPOINT x", BEGIN);
    db.run("ALTER TABLE t ADD COLUMN d");
    db.run("ROLLBACK TO x");
    db.run("UPDATE t SET b = 2");
    db.run(BEGIN);
    db.run("SAVEPOINT y");
    db.run("ALTER TABLE t RENAME COLUMN c TO z");
    db.run("ROLLBACK TO y");
    db.run("ALTER TABLE t RENAME COLUMN b TO z");
    db.run(COMMIT);
    db.run("RELEASE x");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 z 2 3");
  }

  @Test
  void savepointOfTheCallersReleasedInBetween_doesNotMatter() {
    Database db = open(T, CRR, "BEGIN", "SAVEPOINT x", BEGIN);
    db.run("ALTER TABLE t ADD COLUMN d");
    db.run("RELEASE x");
    assertThat(error(db, "INSERT INTO t VALUES(1, 1, 1, 1)")).isEqualTo(BEING_ALTERED);
    db.run(COMMIT);
    db.run("INSERT INTO t VALUES(1, 1, 1, 1)");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT cid FROM crsql_changes")).containsExactly("1", "2", "d");
  }

  @Test
  void severalTables_areCommittedInAnyOrder() {
    for (String[] order : new String[][] {{"t", "u"}, {"u", "t"}}) {
      Database db = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)", "SELECT crsql_as_crr('u')");
      db.run(BEGIN);
      db.run("SELECT crsql_begin_alter('u')");
      db.run("ALTER TABLE t ADD COLUMN x");
      db.run("ALTER TABLE u ADD COLUMN y");
      db.run("SELECT crsql_commit_alter(?1)", order[0]);
      assertThat(error(db, "INSERT INTO " + order[1] + "(a) VALUES(1)")).contains("being altered");
      db.run("INSERT INTO " + order[0] + "(a) VALUES(1)");
      db.run("SELECT crsql_commit_alter(?1)", order[1]);
      assertThat(error(db, "COMMIT")).isEqualTo("cannot commit - no transaction is active");
      db.run("INSERT INTO " + order[1] + "(a) VALUES(1)");
      assertThat(db.value("SELECT count(*) FROM crsql_changes")).isEqualTo(5L);
    }
  }

  @Test
  void misuse_isAnErrorAndHarmsNothing() {
    Database db = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql_commit_alter: \"t\" is not being altered; call crsql_begin_alter('t') first");
    assertThat(error(db, "SELECT crsql_begin_alter('u')"))
        .isEqualTo("crsql_begin_alter: \"u\" is not replicated; alter it as any other table");
    assertThat(error(db, "SELECT crsql_commit_alter('nope')"))
        .isEqualTo("crsql_commit_alter: \"nope\" is not replicated; alter it as any other table");
    assertThat(error(db, "SELECT crsql_begin_alter(1)"))
        .isEqualTo("crsql_begin_alter: it takes the name of a table, as text");
    assertThat(error(db, "INSERT INTO u SELECT crsql_begin_alter('t'), 1"))
        .startsWith("crsql_begin_alter: call it in a SELECT of its own; ");
    assertThat(error(db, "COMMIT")).isEqualTo("cannot commit - no transaction is active");
    db.run(BEGIN);
    assertThat(error(db, BEGIN))
        .isEqualTo(
            "crsql_begin_alter: \"t\" is being altered already; call crsql_commit_alter('t')");
    db.run(COMMIT);
    db.run("ALTER TABLE t ADD COLUMN d");
    assertThat(error(db, BEGIN))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the new column \"d\", so its writes cannot be"
                + " tracked; call crsql_as_crr('t')");
    assertThat(error(db, "COMMIT")).isEqualTo("cannot commit - no transaction is active");
  }

  @Test
  void whatCannotBeReplicated_isRefusedUntilItIsUndone() {
    Database db =
        open("CREATE TABLE t(a PRIMARY KEY, b)", CRR, "INSERT INTO t VALUES(1, 1)", BEGIN);
    db.run("ALTER TABLE t ADD COLUMN x");
    db.run("ALTER TABLE t DROP COLUMN b");
    db.run("ALTER TABLE t DROP COLUMN x");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql: the replicated table \"t\" has lost its last column besides the key, so its"
                + " writes cannot be tracked; add a column and call crsql_commit_alter('t')");
    db.run("ALTER TABLE t ADD COLUMN d");
    db.run(COMMIT);
    db.run("UPDATE t SET d = 1");
    assertThat(lines(db, CELLS)).containsExactly("t 1 d d 1 4");
  }

  private static void rebuild(Database db, String ddl, String select) {
    db.run(ddl.replace("TABLE t(", "TABLE new("));
    db.run("INSERT INTO new " + select);
    db.run("DROP TABLE t");
    db.run("ALTER TABLE new RENAME TO t");
  }

  @Test
  void rebuild_isFollowed() {
    Database db = altered();
    rebuild(db, "CREATE TABLE t(d DEFAULT 4, c, b, a PRIMARY KEY)", "SELECT 4 + a, c, b, a FROM t");
    db.run("INSERT INTO t VALUES(4, 2, 2, 2), (5, 3, 3, 3)");
    db.run(COMMIT);
    db.run("UPDATE t SET c = 3 WHERE a = 2");
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes ORDER BY pk, col"))
        .containsExactly(
            "1 1 1", "1 2 1", "1 d 5", "2 1 2", "2 2 3", "2 d 4", "3 1 3", "3 2 3", "3 d 5");
    db.run(BEGIN);
    rebuild(db, "CREATE TABLE t(a PRIMARY KEY, c)", "SELECT a, c FROM t WHERE a < 3");
    db.run(COMMIT);
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes ORDER BY pk, col"))
        .containsExactly("1 2 1", "2 2 3", "3 -1 2");
  }

  @Test
  void rebuildWithAnotherKey_isRefused() {
    Database db = altered();
    rebuild(db, "CREATE TABLE t(a, b, c, PRIMARY KEY(a, b))", "SELECT * FROM t");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql: the replicated table \"t\" has another PRIMARY KEY than when it was"
                + " replicated, so its writes cannot be tracked; give it the one it had, or call"
                + " crsql_as_table('t') to begin afresh");
    assertThat(error(db, "COMMIT")).endsWith("; this transaction has been rolled back");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1 1", "2 2 2");
  }

  @Test
  void rebuildThatRenames_isRefused() {
    Database db = altered();
    rebuild(db, "CREATE TABLE t(a PRIMARY KEY, z, c)", "SELECT * FROM t");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the new column \"z\" and no longer \"b\", which"
                + " may be a renaming, so its writes cannot be tracked; undo it, or drop the one,"
                + " call crsql_commit_alter('t'), and then add the other");
  }

  @Test
  void rebuildThatMakesTheCaptureTriggersAgain_isFollowed() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    List<List<Object>> triggers = db.query("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
    db.run(BEGIN);
    rebuild(db, T, "SELECT * FROM t");
    for (List<Object> trigger : triggers) {
      db.run((String) trigger.get(0));
    }
    assertThat(error(db, "UPDATE t SET b = 2")).isEqualTo(BEING_ALTERED);
    db.run(COMMIT);
    db.run("UPDATE t SET b = 2");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 b 2 3");
  }

  @Test
  void rebuildThatIsNotCommitted_cannotSlipByUntracked() {
    Database db = altered();
    rebuild(db, T, "SELECT * FROM t");
    assertThat(error(db, "COMMIT"))
        .isEqualTo(BEING_ALTERED + "; this transaction has been rolled back");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    assertThat(db.value("SELECT count(*) FROM crsql_changes")).isEqualTo(4L);
  }

  @Test
  void rebuildThatKeepsTheOldTable_mustSayWhichIsMeant() {
    Database db = altered("ALTER TABLE t RENAME TO old", T, "INSERT INTO t SELECT * FROM old");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql: \"t\" is a new table, and the replicated table of that name has been renamed to"
                + " \"old\"; drop that one if this one shall take its place, or call"
                + " crsql_commit_alter('old') first");
    db.run("DROP TABLE old");
    db.run(COMMIT);
    db.run("UPDATE t SET b = 2");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 b 2 3");
  }

  @Test
  void tableDroppedInBetween_isMadeAgainOrGivenUp() {
    String dropped =
        "crsql: the replicated table \"t\" has been dropped while it was being altered, so its"
            + " writes cannot be tracked; create it again and call crsql_commit_alter('t'), or call"
            + " crsql_as_table('t')";
    Database db = altered("DROP TABLE t");
    assertThat(error(db, COMMIT))
        .isEqualTo(
            "crsql_commit_alter: \"t\" has been dropped; create it again, or call"
                + " crsql_as_table('t')");
    assertThat(error(db, "COMMIT")).isEqualTo(dropped + "; this transaction has been rolled back");
    db.run(BEGIN);
    db.run("DROP TABLE t");
    db.run("SELECT crsql_as_table('t')");
    assertThat(error(db, "COMMIT")).isEqualTo("cannot commit - no transaction is active");
    assertThat(lines(db, CELLS)).isEmpty();
  }
}
