package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/**
 * A test of changes made to do harm. What is refused leaves no trace, neither in the database nor
 * in the caller's transaction, and whatever a test has done, the database goes on as ever.
 */
abstract class HostileScenario extends Scenario {
  static final Blob SITE = new Blob("AB".repeat(16));
  static final long LEAP = 1L << 44;
  static final long MAX = (1L << 53) - 1;
  static final String[] SCHEMA = {
    "CREATE TABLE t(a PRIMARY KEY, b)",
    "CREATE TABLE c(x, y, PRIMARY KEY(x, y))",
    "CREATE TABLE n(id INTEGER PRIMARY KEY, v)",
    "CREATE TABLE s(k TEXT PRIMARY KEY, v) ",
    "CREATE TABLE st(i INT, r REAL, x TEXT, b BLOB, a ANY, PRIMARY KEY(i, r, x, b, a)) STRICT",
    "SELECT crsql_as_crr('t')",
    "SELECT crsql_as_crr('c')",
    "SELECT crsql_as_crr('n')",
    "SELECT crsql_as_crr('s')",
    "SELECT crsql_as_crr('st')",
    "CREATE TABLE plain(p PRIMARY KEY, q)",
    "CREATE VIEW seen AS SELECT * FROM t",
    "CREATE VIRTUAL TABLE words USING fts5(word)",
    "INSERT INTO plain VALUES(1, 'untouched')",
    "INSERT INTO t VALUES(1, 'kept')"
  };

  final Database db = open(SCHEMA);

  final List<String> everything() {
    List<String> all = new ArrayList<>(lines(db, "SELECT crsql_dbversion()"));
    all.addAll(lines(db, "SELECT *, col, cl, db_version FROM crsql_changes"));
    for (String table : List.of("t", "c", "n", "s", "st", "words")) {
      all.addAll(lines(db, "SELECT '" + table + "', * FROM " + table));
    }
    all.addAll(lines(db, "SELECT name, rootpage FROM sqlite_schema"));
    return all;
  }

  final void refused(String reason, Object... change) {
    refusedStatement(reason, MERGE, change);
  }

  /** The statement ends with the error, in a transaction and outside, and does nothing more. */
  final void refusedStatement(String reason, String statement, Object... params) {
    List<String> before = everything();
    db.run("BEGIN");
    db.run("INSERT INTO plain VALUES('caller', 1)");
    assertThat(error(db, statement, params)).isEqualTo("crsql_changes: " + reason);
    assertThat(everything()).isEqualTo(before);
    db.run("UPDATE plain SET q = 2 WHERE p = 'caller'");
    db.run("COMMIT");
    assertThat(error(db, statement, params)).isEqualTo("crsql_changes: " + reason);
    assertThat(everything()).isEqualTo(before);
    assertThat(lines(db, "SELECT q FROM plain WHERE p = 'caller'")).containsExactly("2");
    db.run("DELETE FROM plain WHERE p = 'caller'");
  }

  /** Offers a change that may be taken or not. */
  final void offer(Object... change) {
    try {
      db.run(MERGE, change);
    } catch (SqlError e) {
      assertThat(e.getMessage()).startsWith("crsql_changes: ");
    }
  }

  /** After whatever a test has done, a peer's change and a write of one's own go on as ever. */
  @AfterEach
  final void databaseIsAsUsableAsBefore() {
    long clock = (long) db.value("SELECT crsql_dbversion()");
    long version = Math.min(clock + 1, MAX - LEAP);
    db.run(MERGE, "t", "'a peer''s'", 1, "'good'", version, SITE);
    db.run("INSERT INTO t VALUES('an own', 'write')");
    db.run("UPDATE t SET b = 'again' WHERE a = 'a peer''s'");
    assertThat(lines(db, "SELECT a, b FROM t WHERE a IN ('a peer''s', 'an own') ORDER BY a"))
        .containsExactly("a peer's again", "an own write");
    assertThat(lines(db, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(lines(db, "SELECT * FROM plain")).containsExactly("1 untouched");
  }
}
