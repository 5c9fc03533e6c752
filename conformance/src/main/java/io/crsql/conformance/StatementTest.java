package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every statement does to a replicated table what it does to a plain one: the same rows, RETURNING,
 * errors, changes() and last_insert_rowid(); and a peer gets the same rows.
 */
class StatementTest extends Scenario {
  private static final String ROWID = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String INTEGER = "CREATE TABLE t(a INTEGER PRIMARY KEY, b, c)";
  private static final String WITHOUT_ROWID =
      "CREATE TABLE t(a TEXT PRIMARY KEY, b, c) WITHOUT ROWID";

  private void same(String ddl, List<String> statements) {
    for (String recursive : new String[] {"OFF", "ON"}) {
      try (Twins twins = new Twins(open(), List.of(ddl), "t")) {
        twins.run("PRAGMA recursive_triggers = " + recursive);
        statements.forEach(twins::run);
        twins.comparePeer(open(), ddl);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ROWID, INTEGER, WITHOUT_ROWID})
  void conflictClauses(String ddl) {
    for (String or : new String[] {"", "REPLACE", "IGNORE", "FAIL", "ABORT", "ROLLBACK"}) {
      String clause = or.isEmpty() ? " " : " OR " + or + " ";
      for (boolean transaction : new boolean[] {false, true}) {
        List<String> statements = new ArrayList<>();
        statements.add("INSERT INTO t VALUES(1, 1, 1), (5, 5, 5)");
        if (transaction) {
          statements.add("BEGIN");
          statements.add("INSERT INTO t VALUES(6, 6, 6)");
        }
        statements.add(
            "INSERT" + clause + "INTO t VALUES(2, 2, 2), (3, 3, 3), (1, 9, 9), (4, 4, 4)");
        statements.add("INSERT" + clause + "INTO t VALUES(7, 2, 2), (5, 3, 3) RETURNING a, b");
        if (transaction) {
          statements.add("COMMIT");
        }
        statements.add("UPDATE" + clause + "t SET a = 1 WHERE a = 5");
        statements.add("UPDATE" + clause + "t SET a = a + 1");
        statements.add("UPDATE" + clause + "t SET a = a + 10, b = b + 1 WHERE b > 2 RETURNING *");
        same(ddl, statements);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ROWID, INTEGER, WITHOUT_ROWID})
  void upserts(String ddl) {
    same(
        ddl,
        List.of(
            "INSERT INTO t VALUES(1, 1, 1)",
            "INSERT INTO t VALUES(1, 2, 3) ON CONFLICT(a) DO NOTHING",
            "INSERT INTO t VALUES(1, 2, 3), (2, 2, 2) ON CONFLICT DO NOTHING RETURNING a",
            "INSERT INTO t VALUES(1, 2, 3), (2, 2, 3)"
                + " ON CONFLICT(a) DO UPDATE SET b = excluded.b WHERE t.c < 0 RETURNING *",
            "INSERT INTO t VALUES(1, 2, 3), (3, 2, 3)"
                + " ON CONFLICT(a) DO UPDATE SET b = excluded.b + t.b, c = 7 RETURNING a, b, c",
            "INSERT INTO t VALUES(1, 2, 3) ON CONFLICT(a) DO UPDATE SET a = 99",
            "INSERT INTO t VALUES(2, 2, 3) ON CONFLICT(a) DO UPDATE SET a = 99"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ROWID, INTEGER, WITHOUT_ROWID})
  void queriesThatWrite(String ddl) {
    same(
        ddl,
        List.of(
            "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2), (3, 3, 3)",
            "UPDATE t SET b = x.v FROM (SELECT 2 AS k, 77 AS v) AS x WHERE x.k = t.a",
            "UPDATE t SET b = u.b FROM t AS u WHERE u.a = 2 AND t.a <> 2 RETURNING t.a, t.b",
            "WITH x(a, b) AS (VALUES(20, 1), (21, 2)) INSERT INTO t(a, b) SELECT * FROM x",
            "INSERT INTO t SELECT a + 100, b, c FROM t",
            "INSERT OR REPLACE INTO t SELECT a, b, 'again' FROM t RETURNING c",
            "WITH y AS (SELECT a FROM t WHERE b = 77) DELETE FROM t WHERE a IN y RETURNING a",
            "INSERT INTO t SELECT 900, 1, 1 WHERE 0",
            "UPDATE t SET b = 1 WHERE 0",
            "DELETE FROM t WHERE 0",
            "UPDATE t SET (b, c) = (SELECT c, b FROM t AS u WHERE u.a = t.a)",
            "DELETE FROM t",
            "REPLACE INTO t VALUES(1, 1, 1) RETURNING *"));
  }

  @Test
  void integerKeysThatSqliteChooses() {
    same(
        INTEGER,
        List.of(
            "INSERT INTO t(b) VALUES('x'), ('y') RETURNING a, rowid",
            "INSERT INTO t VALUES(NULL, 'z', 1)",
            "INSERT INTO t VALUES(100, 'z', 1)",
            "INSERT INTO t DEFAULT VALUES",
            "DELETE FROM t WHERE a > 2",
            "INSERT INTO t(b) SELECT b FROM t",
            "INSERT INTO t(oid, b) VALUES(50, 'oid')",
            "UPDATE t SET rowid = rowid + 1000 RETURNING *"));
  }

  @Test
  void nestedSavepoints() {
    same(
        ROWID,
        List.of(
            "SAVEPOINT one",
            "INSERT INTO t VALUES(1, 1, 1)",
            "SAVEPOINT two",
            "UPDATE t SET b = 2",
            "SAVEPOINT three",
            "DELETE FROM t",
            "INSERT INTO t VALUES(2, 2, 2)",
            "ROLLBACK TO three",
            "UPDATE t SET c = 3",
            "RELEASE three",
            "ROLLBACK TO two",
            "UPDATE t SET b = 4",
            "SAVEPOINT two",
            "INSERT INTO t VALUES(1, 9, 9)",
            "INSERT INTO t VALUES(5, 5, 5)",
            "RELEASE one",
            "SAVEPOINT alone",
            "DELETE FROM t",
            "ROLLBACK TO alone",
            "RELEASE alone",
            "BEGIN",
            "DELETE FROM t",
            "ROLLBACK"));
  }

  @Test
  void replaceOverAMergedRow_winsAndIsMergedBack() {
    Database a = open(ROWID, "SELECT crsql_as_crr('t')", "INSERT INTO t VALUES(1, 1, 1)");
    Database b = open(ROWID, "SELECT crsql_as_crr('t')");
    pull(b, a);
    b.run("REPLACE INTO t VALUES(1, 'b', 'b')");
    b.run("INSERT INTO t VALUES(1, 0, 'c') ON CONFLICT(a) DO UPDATE SET c = excluded.c");
    pull(a, b);
    assertThat(lines(a, "SELECT * FROM t")).containsExactly("1 b c");
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void changesSelectedIntoThemselves_areNoOps() {
    Database a = open(ROWID, "SELECT crsql_as_crr('t')", "INSERT INTO t VALUES(1, 1, 1)");
    Database b = open(ROWID, "SELECT crsql_as_crr('t')", "INSERT INTO t VALUES(2, 2, 2)");
    sync(a, b);
    List<String> before = state(a);
    a.run(
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
            + " SELECT \"table\", pk, cid, val, version, site_id FROM crsql_changes");
    assertThat(state(a)).isEqualTo(before);
  }

  @Test
  void tableFilledFromChanges_isCaptured() {
    Database db = open(ROWID, "SELECT crsql_as_crr('t')", "INSERT INTO t VALUES(1, 1, 1)");
    db.run("INSERT INTO t SELECT pk || ':' || cid, version, col FROM crsql_changes");
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes WHERE version > 2"))
        .containsExactly("'1:1' 1 1", "'1:1' 2 'b'", "'1:2' 1 2", "'1:2' 2 'c'");
  }
}
