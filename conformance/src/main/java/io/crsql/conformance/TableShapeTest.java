package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of every shape that applications have: with rows at crsql_as_crr, written, and merged. */
class TableShapeTest extends Scenario {
  private static final String CRR = "SELECT crsql_as_crr('t')";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "x, y, v, PRIMARY KEY(y, x)) | 1, 'a', 10 | 2, 'b', 20 | y = 'c' | y = 'a'",
        "v, y TEXT COLLATE NOCASE, x INT, PRIMARY KEY(x DESC, y)) WITHOUT ROWID"
            + " | 1, 'A', 1 | 2, 'B', 2 | y = 'a' | x = 1",
        "a INTEGER PRIMARY KEY DESC, v) | 1, 10 | 2, 20 | a = 5 | a = 1",
        "a INT PRIMARY KEY, v) | 1, 10 | 2, 20 | a = 5 | a = 1",
        "a BLOB PRIMARY KEY, v) WITHOUT ROWID | X'', 10 | X'00', 20 | a = X'FF' | a = X''",
        "a REAL PRIMARY KEY, v) | 1, 10 | 1.5, 20 | a = -1e300 | a = 1",
        "a TEXT PRIMARY KEY, v INT) STRICT | 'x', 10 | 'y', 20 | a = '' | a = 'x'",
        "v, a INTEGER PRIMARY KEY AUTOINCREMENT, w) | 1, 10, 1 | 2, 20, 2 | a = 5 | a = 10",
        "a COLLATE RTRIM PRIMARY KEY, v) | 'x', 10 | 'y', 20 | a = 'x  ' | a = 'x'",
        "a PRIMARY KEY ON CONFLICT REPLACE, v) | 1, 10 | 2, 20 | a = 2 | a = 1",
        "a PRIMARY KEY ON CONFLICT IGNORE, v) | 1, 10 | 2, 20 | v = 21 | a = 2",
        "rowid, oid, _rowid_, PRIMARY KEY(oid)) | 1, 2, 3 | 4, 5, 6 | rowid = 7 | oid = 2",
        "rowid INTEGER PRIMARY KEY, v) | 1, 10 | 2, 20 | oid = 9 | rowid = 1",
        "a PRIMARY KEY, rowid) | 1, 10 | 2, 20 | rowid = 11 | a = 1",
      })
  void rowsFromBeforeAndAfterAsCrr_areTheSameEverywhere(
      String shape, String before, String after, String set, String where) {
    String ddl = "CREATE TABLE t(" + shape;
    String insert = "INSERT INTO t VALUES(";
    Database a = open(ddl, insert + before + ")", CRR, insert + after + ")");
    Database b = open(ddl, CRR);
    pull(b, a);
    assertSame(a, b);
    a.run("UPDATE t SET " + set + " WHERE " + where);
    pull(b, a);
    assertSame(a, b);
    b.run("DELETE FROM t");
    b.run(insert + before + ")");
    pull(a, b);
    assertSame(a, b);
    assertThat(lines(a, "SELECT count(*) FROM t")).containsExactly("1");
  }

  private static void assertSame(Database a, Database b) {
    List<String> rows = lines(a, "SELECT * FROM t ORDER BY 1, 2");
    assertThat(lines(b, "SELECT * FROM t ORDER BY 1, 2")).isEqualTo(rows).isNotEmpty();
    assertThat(state(b)).isEqualTo(state(a));
    assertThat(lines(b, "PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void strictTable_keepsEveryType() {
    String ddl =
        "CREATE TABLE t(k ANY PRIMARY KEY, i INT, n INTEGER, r REAL, t TEXT, b BLOB, a ANY) STRICT";
    Database a =
        open(
            ddl,
            CRR,
            "INSERT INTO t VALUES(1, 1, 9007199254740993, 3, 'x', X'00', 1.0)",
            "INSERT INTO t VALUES('1', 1, '2', '3', 4, X'', '1')",
            "INSERT INTO t VALUES(X'31', NULL, NULL, NULL, NULL, NULL, X'31')");
    assertThat(error(a, "INSERT INTO t(k, n) VALUES(2, 'x')"))
        .isEqualTo("cannot store TEXT value in INTEGER column t.n");
    Database b = open(ddl, CRR);
    pull(b, a);
    String types =
        "SELECT typeof(k), typeof(n), typeof(r), typeof(t), typeof(b), typeof(a) FROM t ORDER BY k";
    assertThat(lines(b, types))
        .isEqualTo(lines(a, types))
        .containsExactly(
            "integer integer real text blob real",
            "text integer real text blob text",
            "blob null null null null blob");
    assertThat(lines(b, "SELECT * FROM t ORDER BY k"))
        .isEqualTo(lines(a, "SELECT * FROM t ORDER BY k"));
    assertThat(state(b)).isEqualTo(state(a));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"NOCASE, a, A", "NOCASE, É, É", "RTRIM, x, `x  `", "RTRIM, ``, ` `"})
  void keysEqualUnderTheirCollation_areOneRowWithTheSameBytesWhateverTheOrder(
      String collation, String one, String other) {
    String ddl = "CREATE TABLE t(a TEXT COLLATE " + collation + " PRIMARY KEY, b, c)";
    Database a = open(ddl, CRR);
    Database b = open(ddl, CRR);
    a.run("INSERT INTO t VALUES(?1, 'a', 'a')", one);
    b.run("INSERT INTO t VALUES(?1, 'b', 'b')", other);
    b.run("UPDATE t SET c = 'later'");
    List<List<Object>> changes = new ArrayList<>(changes(a));
    changes.addAll(changes(b));
    sync(a, b);
    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(changes, new Random(seed));
      Database c = open(ddl, CRR);
      merge(c, changes);
      for (Database db : new Database[] {a, b, c}) {
        assertThat(lines(db, "SELECT hex(a), c FROM t"))
            .isEqualTo(lines(a, "SELECT hex(a), c FROM t"))
            .hasSize(1);
        assertThat(state(db)).isEqualTo(state(a));
      }
    }
    assertThat(a.value("SELECT a || '.' FROM t")).isEqualTo(other + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a PRIMARY KEY, b)",
        "a TEXT PRIMARY KEY, b)",
        "a INT PRIMARY KEY, b)",
        "b, a, PRIMARY KEY(b, a))"
      })
  void nullInADeclaredKey_isRefusedAtAsCrrAndAfterwards(String shape) {
    Database db = open("CREATE TABLE t(" + shape, "INSERT INTO t(a, b) VALUES(NULL, 1), (NULL, 2)");
    assertThat(error(db, CRR))
        .isEqualTo(
            "crsql_as_crr: \"t\" has 2 row(s) with a NULL in the PRIMARY KEY, which identifies"
                + " nothing; give them a key or delete them");
    db.run("UPDATE t SET a = 'key' || b");
    db.run(CRR);
    String refusal =
        "crsql: \"t\" is replicated, so its key column \"a\" must not be NULL; give the row a key";
    assertThat(error(db, "INSERT INTO t(b) VALUES(3)")).isEqualTo(refusal);
    assertThat(error(db, "UPDATE t SET a = NULL")).isEqualTo(refusal);
    assertThat(lines(db, "SELECT a FROM t ORDER BY a")).hasSize(2).doesNotContain("null");
  }

  @Test
  void integerPrimaryKey_isChosenBySqliteWhereItIsNull() {
    String ddl = "CREATE TABLE t(a INTEGER PRIMARY KEY, b)";
    Database a = open(ddl, "INSERT INTO t VALUES(NULL, 1)", CRR, "INSERT INTO t VALUES(NULL, 2)");
    Database b = open(ddl, CRR);
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 1", "2 2");
  }

  @Test
  void autoincrement_neverGivesAMergedKeyAgain() {
    String ddl = "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b)";
    Database a = open(ddl, CRR, "INSERT INTO t VALUES(100, 'x')");
    Database b = open(ddl, CRR, "INSERT INTO t(b) VALUES('y')");
    pull(b, a);
    assertThat(lines(b, "SELECT seq FROM sqlite_sequence")).containsExactly("100");
    b.run("DELETE FROM t");
    assertThat(b.value("INSERT INTO t(b) VALUES('z') RETURNING a")).isEqualTo(101L);
    sync(a, b);
    assertThat(a.value("INSERT INTO t(b) VALUES('w') RETURNING a")).isEqualTo(102L);
    assertThat(lines(a, "SELECT * FROM sqlite_sequence")).containsExactly("t 102");
  }

  @Test
  void autoincrement_knowsNothingOfARowDeletedBeforeItWasSeen() {
    String ddl = "CREATE TABLE t(a INTEGER PRIMARY KEY AUTOINCREMENT, b)";
    Database a = open(ddl, CRR, "INSERT INTO t VALUES(1, 'x')", "DELETE FROM t");
    Database b = open(ddl, CRR);
    pull(b, a);
    assertThat(b.value("INSERT INTO t(b) VALUES('y') RETURNING a")).isEqualTo(1L);
    sync(a, b);
    assertThat(lines(a, "SELECT pk, cid, val FROM crsql_changes")).containsExactly("1 1@3 'y'");
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void generatedColumns_areRecomputedByEveryMergeAndIndexed() {
    String ddl =
        "CREATE TABLE t(k PRIMARY KEY, b, v AS (b * 2) VIRTUAL, s TEXT AS (upper(b)) STORED, c)";
    String[] schema = {
      ddl,
      "CREATE INDEX tv ON t(v)",
      "CREATE INDEX ts ON t(s COLLATE NOCASE) WHERE s IS NOT NULL",
      "INSERT INTO t(k, b) VALUES('old', 'o')",
      CRR
    };
    Database a = open(schema);
    Database b = open(schema);
    a.run("INSERT INTO t(k, b, c) VALUES(1, 10, 'c')");
    a.run("UPDATE t SET b = 11 WHERE k = 1");
    sync(a, b);
    assertThat(lines(b, "SELECT * FROM t WHERE v = 22")).containsExactly("1 11 22 11 c");
    a.run("UPDATE t SET b = 'word' WHERE k = 1");
    pull(b, a);
    assertThat(lines(b, "SELECT v, s FROM t INDEXED BY ts WHERE s = 'WORD' COLLATE NOCASE"))
        .containsExactly("0 WORD");
    assertThat(lines(b, "SELECT k FROM t INDEXED BY tv WHERE v = 22")).isEmpty();
    assertThat(lines(b, "SELECT DISTINCT col FROM crsql_changes ORDER BY 1"))
        .containsExactly("b", "c");
    assertThat(lines(b, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void indices_areKeptAndUsed() {
    String[] schema = {
      "CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b, c)",
      "CREATE INDEX plain ON t(b, c DESC)",
      "CREATE INDEX part ON t(c) WHERE b > 5",
      "CREATE INDEX expr ON t(lower(b) || c)",
      "CREATE INDEX keyed ON t(a COLLATE BINARY)",
      CRR
    };
    Database a = open(schema);
    Database b = open(schema);
    a.run("INSERT INTO t VALUES('x', 6, 'c'), ('y', 'B', 'd')");
    pull(b, a);
    a.run("UPDATE t SET a = 'X', c = 'e' WHERE a = 'x'");
    pull(b, a);
    for (String query :
        new String[] {
          "SELECT a FROM t INDEXED BY plain WHERE b = 6",
          "SELECT a FROM t INDEXED BY part WHERE b > 5 AND c = 'e' AND b < 'A'",
          "SELECT a FROM t INDEXED BY expr WHERE lower(b) || c = '6e'",
          "SELECT a FROM t INDEXED BY keyed WHERE a = 'X' COLLATE BINARY"
        }) {
      assertThat(lines(b, query)).as(query).containsExactly("X");
    }
    assertThat(lines(b, "PRAGMA integrity_check")).containsExactly("ok");
    assertThat(state(a)).isEqualTo(state(b));
  }
}
