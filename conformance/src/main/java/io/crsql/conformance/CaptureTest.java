package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which statements are writes, and what versions they get. */
class CaptureTest extends Scenario {
  private static final String CELLS = "SELECT pk, cid, val, version FROM crsql_changes";

  private Database table() {
    return open(
        "CREATE TABLE t(a PRIMARY KEY, b, c, d)",
        "SELECT crsql_as_crr('t')",
        "INSERT INTO t VALUES(1, 10, 20, 30)");
  }

  @Test
  void insert_takesATickAColumn() {
    Database db = table();
    assertThat(lines(db, CELLS)).containsExactly("1 1 10 1", "1 2 20 2", "1 3 30 3");
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(3L);
    assertThat(db.value("SELECT crsql_nextdbversion()")).isEqualTo(4L);
  }

  @Test
  void update_ofOneColumn_takesAllTicksAndGivesTheColumnsOwn() {
    Database db = table();
    db.run("UPDATE t SET c = 21");
    assertThat(lines(db, CELLS)).containsExactly("1 1 10 1", "1 3 30 3", "1 2 21 5");
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(6L);
  }

  @Test
  void update_ofNothing_isNoWrite() {
    Database db = table();
    db.run("UPDATE t SET b = b, c = 20, a = a");
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(3L);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = ';',
      value = {
        "\"\"; 1; 1.0",
        "\"\"; 1.0; 1",
        "COLLATE NOCASE; 'x'; 'X'",
        "TEXT COLLATE RTRIM; 'x'; 'x '",
        "INT COLLATE NOCASE; 'x'; 'X'",
        "INT; -9223372036854775808; -9223372036854775808.0",
        "\"\"; 'x'; X'78'",
        "\"\"; NULL; ''",
        "\"\"; ''; X''",
        "BLOB; 9007199254740992; 9007199254740992.0"
      })
  void update_toAnEqualButOtherValue_isAWrite(String type, String before, String after) {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b " + type + ")", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, " + before + ")");
    db.run("UPDATE t SET b = " + after);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(2L);
    db.run("UPDATE t SET b = " + after);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(2L);
  }

  @Test
  void update_toNegativeZero_isAWrite() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 0.0)");
    db.run("UPDATE t SET b = ?1", -0.0);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(2L);
    assertThat(db.value("SELECT val FROM crsql_changes")).isEqualTo(-0.0);
  }

  @Test
  void update_ofTheKey_isADeletionAndAnInsertion() {
    Database db = table();
    db.run("UPDATE t SET a = 2, b = 11");
    assertThat(lines(db, CELLS)).containsExactly("1 -1 2 4", "2 1 11 5", "2 2 20 6", "2 3 30 7");
  }

  @Test
  void update_ofTheKeysSpelling_rewritesAllColumns() {
    Database db = table();
    db.run("UPDATE t SET a = 1.0");
    assertThat(lines(db, CELLS)).containsExactly("1.0 1 10 4", "1.0 2 20 5", "1.0 3 30 6");
  }

  @Test
  void update_ofTheRowid_isAnUpdateOfAnIntegerKey() {
    Database db = open("CREATE TABLE t(a INTEGER PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 10)");
    db.run("UPDATE t SET rowid = 2");
    db.run("UPDATE t SET _rowid_ = 3");
    assertThat(lines(db, CELLS)).containsExactly("1 -1 2 2", "2 -1 2 4", "3 1 10 5");
  }

  @Test
  void replace_ofALiveRow_rewritesItsColumns() {
    Database db = table();
    db.run("INSERT OR REPLACE INTO t VALUES(1, 10, 20, 31)");
    assertThat(lines(db, CELLS)).containsExactly("1 1 10 4", "1 2 20 5", "1 3 31 6");
  }

  @Test
  void replace_withRecursiveTriggers_isADeletionAndAnInsertion() {
    Database db = table();
    db.run("PRAGMA recursive_triggers = 1");
    db.run("INSERT OR REPLACE INTO t VALUES(1, 10, 20, 31)");
    assertThat(lines(db, CELLS)).containsExactly("1 1@3 10 5", "1 2@3 20 6", "1 3@3 31 7");
  }

  @Test
  void replace_throughTheHiddenRowid_leavesNothingThatCannotBeRead() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t(rowid, a, b) VALUES(1, 'x', 1)");
    db.run("INSERT OR REPLACE INTO t(rowid, a, b) VALUES(1, 'y', 2)");
    assertThat(lines(db, CELLS)).containsExactly("'y' 1 2 2");
  }

  @Test
  void insertAfterDelete_beginsTheNextLife() {
    Database db = table();
    db.run("DELETE FROM t");
    assertThat(lines(db, CELLS)).containsExactly("1 -1 2 4");
    db.run("INSERT INTO t(a) VALUES(1)");
    assertThat(lines(db, CELLS)).containsExactly("1 1@3 null 5", "1 2@3 null 6", "1 3@3 null 7");
  }

  @Test
  void keyOnlyTable_hasExistenceMarks() {
    Database db = open("CREATE TABLE t(a, b, PRIMARY KEY(b, a))", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 'x')");
    assertThat(lines(db, CELLS)).containsExactly("'x'|1 -2 1 1");
    db.run("DELETE FROM t");
    db.run("INSERT INTO t VALUES(1, 'x')");
    assertThat(lines(db, CELLS)).containsExactly("'x'|1 -2 3 3");
  }

  @Test
  void nullKey_isRefusedWhateverTheConflictClause() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    for (String or : new String[] {"", "OR IGNORE ", "OR REPLACE ", "OR FAIL "}) {
      assertThat(error(db, "INSERT " + or + "INTO t VALUES(NULL, 1)"))
          .isEqualTo(
              "crsql: \"t\" is replicated, so its key column \"a\" must not be NULL;"
                  + " give the row a key");
      assertThat(db.value("SELECT count(*) FROM t")).isEqualTo(0L);
    }
  }

  @Test
  void takenTick_raisesWhateverTheConflictClause() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 1)");
    for (String or : new String[] {"", "OR IGNORE ", "OR REPLACE ", "OR FAIL "}) {
      long next = (long) db.value("SELECT crsql_nextdbversion()");
      db.run("INSERT INTO t__crsql_log(at, k0, cols, part) VALUES(?1, 7, 1, 0)", next);
      assertThat(error(db, "INSERT " + or + "INTO t VALUES(2, 2)"))
          .startsWith("crsql: the clock runs behind the log");
      assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1");
    }
  }

  @Test
  void failedStatement_leavesNoTrace() {
    Database db = table();
    error(db, "INSERT INTO t VALUES(2, 1, 1, 1), (3, 1, 1, 1), (1, 1, 1, 1)");
    assertThat(lines(db, CELLS)).containsExactly("1 1 10 1", "1 2 20 2", "1 3 30 3");
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(2, 1, 1, 1)");
    error(db, "INSERT INTO t VALUES(3, 1, 1, 1), (1, 1, 1, 1)");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT DISTINCT pk FROM crsql_changes")).containsExactly("1", "2");
  }

  @Test
  void capture_keepsLastInsertRowidAndChanges() {
    Database db = open("CREATE TABLE t(a INTEGER PRIMARY KEY, b)", "SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(41, 1), (42, 1), (43, 1)");
    assertThat(lines(db, "SELECT last_insert_rowid(), changes()")).containsExactly("43 3");
    db.run("UPDATE t SET b = 2 WHERE a < 43");
    assertThat(lines(db, "SELECT last_insert_rowid(), changes()")).containsExactly("43 2");
  }

  @Test
  void firstEntryOfATransaction_isMarked() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b)",
            "CREATE TABLE u(a PRIMARY KEY, b)",
            "SELECT crsql_as_crr('t')",
            "SELECT crsql_as_crr('u')",
            "INSERT INTO t VALUES(1, 1)",
            "BEGIN",
            "INSERT INTO u VALUES(1, 1)",
            "INSERT INTO t VALUES(2, 2)",
            "COMMIT",
            "INSERT INTO t VALUES(3, 3)");
    assertThat(lines(db, "SELECT at, part & 1 FROM t__crsql_log"))
        .containsExactly("1 1", "3 0", "4 1");
    assertThat(lines(db, "SELECT at, part & 1 FROM u__crsql_log")).containsExactly("2 1");
  }

  @Test
  void temporaryTablesOfOurNames_doNotShadowOurs() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b)",
            "SELECT crsql_as_crr('t')",
            "CREATE TEMP TABLE crsql_transaction(x)",
            "CREATE TEMP TABLE crsql_meta(key, value)",
            "CREATE TEMP TABLE t__crsql_log(x)",
            "INSERT INTO t VALUES(1, 1)",
            "SELECT crsql_optimize()");
    assertThat(lines(db, CELLS)).containsExactly("1 1 1 1");
    assertThat(lines(db, "SELECT part & 1 FROM main.t__crsql_log")).containsExactly("1");
    for (String table : new String[] {"crsql_transaction", "crsql_meta", "t__crsql_log"}) {
      assertThat(lines(db, "SELECT * FROM temp." + table)).isEmpty();
    }
  }

  @Test
  void withoutTheExtension_writesFail(@TempDir Path dir) {
    String file = dir.resolve("t.db").toString();
    Database db = openFile(file);
    db.run("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 1)");
    close(db);
    try (Database plain = HOST.openPlain(file)) {
      assertThat(lines(plain, "SELECT * FROM t")).containsExactly("1 1");
      for (String write :
          new String[] {"INSERT INTO t VALUES(2, 2)", "UPDATE t SET b = 2", "DELETE FROM t"}) {
        assertThat(error(plain, write)).contains("no such function: crsql_");
      }
    }
  }

  @Test
  void wideTable_keepsEverySlotItsVersion() {
    StringBuilder columns = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 130; i++) {
      columns.append(", c").append(i);
      values.append(", ").append(i);
    }
    Database db = open("CREATE TABLE t(a PRIMARY KEY" + columns + ")");
    db.run("INSERT INTO t VALUES('before'" + values + ")");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES('after'" + values + ")");
    assertThat(
            lines(
                db,
                "SELECT count(*), max(version), sum(val = version - 1) FROM crsql_changes"
                    + " WHERE pk = '''before'''"))
        .containsExactly("130 130 130");
    assertThat(
            lines(
                db,
                "SELECT count(*), max(version), sum(val = version - 131) FROM crsql_changes"
                    + " WHERE pk = '''after'''"))
        .containsExactly("130 260 130");
    db.run("UPDATE t SET c0 = 'x', c70 = 'y', c129 = 'z' WHERE a = 'after'");
    assertThat(lines(db, "SELECT cid, val, version FROM crsql_changes WHERE version > 260"))
        .containsExactly("1 'x' 261", "71 'y' 331", "130 'z' 390");
    Database peer =
        open("CREATE TABLE t(a PRIMARY KEY" + columns + ")", "SELECT crsql_as_crr('t')");
    pull(peer, db);
    db.run("SELECT crsql_optimize()");
    assertThat(state(peer)).isEqualTo(state(db)).hasSize(260);
  }
}
