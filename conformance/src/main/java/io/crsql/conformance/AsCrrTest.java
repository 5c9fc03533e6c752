package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code crsql_as_crr}: what it takes, what it refuses and in which words, and that it harms
 * nobody.
 */
class AsCrrTest extends Scenario {
  @Test
  void existingRows_areBackfilled() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b, c)");
    db.run("INSERT INTO t VALUES('y', 1, 2), ('x', 3, 4)");
    db.run("SELECT crsql_as_crr('t')");
    assertThat(lines(db, "SELECT pk, cid, val, version FROM crsql_changes ORDER BY version"))
        .containsExactly("'x' 1 3 1", "'x' 2 4 2", "'y' 1 1 3", "'y' 2 2 4");
    db.run("UPDATE t SET b = 9 WHERE a = 'x'");
    db.run("DELETE FROM t WHERE a = 'y'");
    assertThat(lines(db, "SELECT pk, cid, val, version FROM crsql_changes ORDER BY version"))
        .containsExactly("'x' 2 4 2", "'x' 1 9 5", "'y' -1 2 7");
  }

  @Test
  void callingItAgain_isANoOp() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b)",
            "SELECT crsql_as_crr('t')",
            "INSERT INTO t VALUES(1, 2)");
    Object schema = db.value("PRAGMA schema_version");
    db.run("SELECT crsql_as_crr('T')");
    assertThat(db.value("PRAGMA schema_version")).isEqualTo(schema);
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes")).containsExactly("1 1");
  }

  @Test
  void siteId_isMadeOnceAndOfRandomBytes() {
    Database a = open();
    Database b = open();
    Object site = a.value("SELECT crsql_siteid()");
    assertThat(a.value("SELECT crsql_site_id()")).isEqualTo(site);
    a.run("CREATE TABLE t(a PRIMARY KEY, b)");
    a.run("SELECT crsql_as_crr('t')");
    assertThat(a.value("SELECT crsql_siteid()")).isEqualTo(site);
    assertThat(b.value("SELECT crsql_siteid()")).isNotEqualTo(site);
    assertThat(((Blob) site).bytes()).hasSize(16);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "CREATE TABLE x(a) | nope | there is no table \"nope\"; create it first",
        "CREATE TABLE x(a, b) | x | \"x\" has no PRIMARY KEY, so its rows have no identity that"
            + " replicas share; create it with one",
        "CREATE VIEW x AS SELECT 1 AS a | x | \"x\" is a view; name the tables that it reads",
        "CREATE VIRTUAL TABLE x USING fts5(a) | x | \"x\" is a virtual table; replicate an ordinary"
            + " table and fill this one by triggers",
        "CREATE TABLE x(a PRIMARY KEY, b UNIQUE) | x | \"x\" has the UNIQUE index"
            + " \"sqlite_autoindex_x_2\", which replicas writing apart cannot uphold; make it a"
            + " plain index",
        "CREATE TABLE x(a PRIMARY KEY, b REFERENCES x) | x | \"x\" has a FOREIGN KEY, which replicas"
            + " writing apart cannot uphold; keep the column and drop the constraint",
        "CREATE VIRTUAL TABLE x USING fts5(a) | x_content | \"x_content\" is the storage of a virtual"
            + " table; replicate an ordinary table",
        "CREATE TABLE x(a) | sqlite_schema | there is no table \"sqlite_schema\"; create it first"
      })
  void unfitTables_areRefused(String ddl, String name, String reason) {
    Database db = open(ddl);
    assertThat(error(db, "SELECT crsql_as_crr(?1)", name)).isEqualTo("crsql_as_crr: " + reason);
    assertThat(lines(db, "SELECT name FROM sqlite_schema WHERE name LIKE '%crsql%'")).isEmpty();
  }

  @Test
  void allTablesAtOnce_areReplicatedButForOwnOnes() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b)",
            "CREATE TABLE u(a PRIMARY KEY, b)",
            "CREATE TABLE counted(x INTEGER PRIMARY KEY AUTOINCREMENT)");
    for (int i = 0; i < 2; i++) {
      db.run("SELECT crsql_as_crr(name) FROM sqlite_schema WHERE type = 'table'");
    }
    assertThat(lines(db, "SELECT name FROM crsql_tables ORDER BY name"))
        .containsExactly("counted", "t", "u");
    for (String own : new String[] {"crsql_meta", "T__crsql_rows", "sqlite_sequence"}) {
      assertThat(db.value("SELECT crsql_as_crr(?1)", own)).isNull();
    }
  }

  @Test
  void tablesWithReservedNames_areRefused() {
    Database db = open("CREATE TABLE crsql_x(a PRIMARY KEY, b)");
    assertThat(error(db, "SELECT crsql_as_crr('crsql_x')"))
        .isEqualTo(
            "crsql_as_crr: \"crsql_x\" is one of SQLite's or crsql's own tables; name a table of"
                + " yours");
  }

  @Test
  void rowsWithoutAKey_areRefused() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "INSERT INTO t VALUES(NULL, 1)");
    assertThat(error(db, "SELECT crsql_as_crr('t')"))
        .isEqualTo(
            "crsql_as_crr: \"t\" has 1 row(s) with a NULL in the PRIMARY KEY, which identifies"
                + " nothing; give them a key or delete them");
  }

  @Test
  void refusal_leavesTheCallersTransactionAlone() {
    Database db = open("CREATE TABLE ok(a PRIMARY KEY, b)", "CREATE TABLE bad(a)");
    db.run("BEGIN");
    db.run("INSERT INTO ok VALUES(1, 1)");
    error(db, "SELECT crsql_as_crr('bad')");
    db.run("SELECT crsql_as_crr('ok')");
    db.run("INSERT INTO ok VALUES(2, 2)");
    error(db, "SELECT crsql_as_crr('bad')");
    db.run("INSERT INTO ok VALUES(3, 3)");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT pk FROM crsql_changes")).containsExactly("1", "2", "3");
  }

  @Test
  void rollback_undoesIt() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("BEGIN");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 1)");
    db.run("ROLLBACK");
    assertThat(lines(db, "SELECT * FROM crsql_changes")).isEmpty();
    db.run("ALTER TABLE t ADD COLUMN c");
    db.run("BEGIN");
    db.run("SAVEPOINT s");
    db.run("SELECT crsql_as_crr('t')");
    db.run("ROLLBACK TO s");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("COMMIT");
    assertThat(lines(db, "SELECT * FROM crsql_changes")).isEmpty();
    db.run("SELECT crsql_as_crr('t')");
    assertThat(lines(db, "SELECT pk, cid FROM crsql_changes")).containsExactly("2 1", "2 2");
  }

  @Test
  void insideAWrite_itIsRefused() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", "CREATE TABLE u(x)");
    assertThat(error(db, "INSERT INTO u SELECT crsql_as_crr('t')"))
        .startsWith("crsql_as_crr: call it in a SELECT of its own; ");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"it's", "a.b", "two words", "select", "\"quoted\"", "😀", "t;DROP TABLE x"})
  void namesThatNeedQuoting_work(String name) {
    String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
    String ddl =
        "CREATE TABLE "
            + quoted
            + "("
            + quoted
            + " PRIMARY KEY, \"b "
            + name.replace("\"", "")
            + "\")";
    Database a = open(ddl);
    Database b = open(ddl);
    a.run("SELECT crsql_as_crr(?1)", name);
    b.run("SELECT crsql_as_crr(?1)", name);
    a.run("INSERT INTO " + quoted + " VALUES('k', 1)");
    pull(b, a);
    b.run("UPDATE " + quoted + " SET " + quoted + " = 'l'");
    pull(a, b);
    assertThat(lines(a, "SELECT * FROM " + quoted)).containsExactly("l 1");
    assertThat(state(a)).isEqualTo(state(b));
    assertThat(lines(a, "SELECT DISTINCT \"table\" FROM crsql_changes")).containsExactly(name);
  }

  @Test
  void checkInANameOrAString_isNoConstraint() {
    Database db =
        open("CREATE TABLE t(\"check\" PRIMARY KEY, b DEFAULT 'check(1)' /* check */, [check 2])");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    assertThat(lines(db, "SELECT col, val FROM crsql_changes")).containsExactly("b 2", "check 2 3");
  }

  @Test
  void droppedTable_leavesTheOthersReadable() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b)",
            "CREATE TABLE u(a PRIMARY KEY, b)",
            "SELECT crsql_as_crr('t')",
            "SELECT crsql_as_crr('u')",
            "INSERT INTO t VALUES(1, 1)",
            "INSERT INTO u VALUES(2, 2)",
            "DROP TABLE t");
    assertThat(lines(db, "SELECT \"table\", pk FROM crsql_changes")).containsExactly("u 2");
    db.run("INSERT INTO u VALUES(3, 3)");
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(3L);
  }

  @Test
  void generatedColumns_areNotReplicated() {
    String ddl = "CREATE TABLE t(a PRIMARY KEY, g AS (b * 2), b, s AS (b + 1) STORED)";
    Database a = open(ddl, "SELECT crsql_as_crr('t')", "INSERT INTO t VALUES(1, 10)");
    Database b = open(ddl, "SELECT crsql_as_crr('t')");
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 20 10 11");
    assertThat(lines(b, "SELECT cid, col, val FROM crsql_changes")).containsExactly("2 b 10");
  }
}
