package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables of as many columns as SQLite allows, and of the fewest. */
class WideTableTest extends Scenario {
  /** SQLITE_MAX_COLUMN, as it is by default. */
  private static final int MOST = 2000;

  private static final String CRR = "SELECT crsql_as_crr('t')";

  private static String ddl(String key, int columns) {
    StringBuilder ddl = new StringBuilder("CREATE TABLE t(" + key);
    for (int i = 1; i < columns; i++) {
      ddl.append(", c").append(i);
    }
    return ddl + ")";
  }

  private static String insert(String key, int columns, int plus) {
    StringBuilder values = new StringBuilder("INSERT INTO t VALUES(" + key);
    for (int i = 1; i < columns; i++) {
      values.append(", ").append(i + plus);
    }
    return values + ")";
  }

  private static void mergeInAnyOrder(Database to, Database from, long seed) {
    List<List<Object>> changes = changes(from);
    Collections.shuffle(changes, new Random(seed));
    to.run("BEGIN");
    merge(to, changes);
    to.run("COMMIT");
  }

  private static void assertSame(Database a, Database b) {
    assertThat(lines(b, "SELECT * FROM t ORDER BY 1"))
        .isEqualTo(lines(a, "SELECT * FROM t ORDER BY 1"));
    assertThat(state(b)).isEqualTo(state(a));
  }

  @Test
  @Timeout(120)
  void widestTable_isMergedCellByCell() {
    String ddl = ddl("a INTEGER PRIMARY KEY", MOST);
    Database a = open(ddl, insert("7", MOST, 0), CRR);
    Database b = open(ddl, CRR);
    a.run("UPDATE t SET c1500 = 'x'");
    mergeInAnyOrder(b, a, 1);
    assertThat(lines(b, "SELECT c1, c1500, c1999 FROM t")).containsExactly("1 x 1999");
    assertSame(a, b);
    b.run("DELETE FROM t");
    b.run(insert("7", MOST, 5));
    b.run("UPDATE t SET c1 = NULL, c64 = 'y'");
    mergeInAnyOrder(a, b, 2);
    assertThat(lines(a, "SELECT c1, c64, c1999 FROM t")).containsExactly("null y 2004");
    assertSame(a, b);
  }

  @Test
  void wideTable_respellsItsKey() {
    String ddl = ddl("a TEXT COLLATE NOCASE PRIMARY KEY", 300);
    Database a = open(ddl, CRR, insert("'key'", 300, 0));
    Database b = open(ddl, CRR);
    mergeInAnyOrder(b, a, 1);
    a.run("UPDATE t SET a = 'KEY'");
    mergeInAnyOrder(b, a, 2);
    assertThat(lines(b, "SELECT a, c299 FROM t")).containsExactly("KEY 299");
    assertSame(a, b);
  }

  @Test
  void wideTableWithATriggerOnOneColumn_firesItForThatColumnOnly() {
    String ddl = ddl("a PRIMARY KEY", 200);
    Database a = open(ddl, CRR, insert("'k'", 200, 0));
    Database b =
        open(
            ddl,
            "CREATE TABLE seen(what)",
            "CREATE TRIGGER s AFTER UPDATE OF c7 ON t BEGIN"
                + " INSERT INTO seen VALUES(coalesce(old.c7, 'null') || ' ' || new.c7); END",
            CRR);
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM seen")).containsExactly("null 7");
    for (int i = 0; i < 3; i++) {
      a.run("UPDATE t SET c7 = c7 + 1, c8 = c8 + 1");
      mergeInAnyOrder(b, a, i);
    }
    assertThat(lines(b, "SELECT count(*) FROM seen")).containsExactly("4");
    assertSame(a, b);
  }

  @Test
  @Timeout(120)
  void widestTableThatHasLostColumns_isReadAndMerged() {
    String ddl = ddl("a INTEGER PRIMARY KEY", MOST);
    Database a = open(ddl, CRR, "INSERT INTO t(a, c5) VALUES(1, 'x')");
    Database b = open(ddl, CRR);
    for (Database db : new Database[] {a, b}) {
      db.run("SELECT crsql_begin_alter('t')");
      for (int i = 1; i <= 3; i++) {
        db.run("ALTER TABLE t DROP COLUMN c" + i);
        db.run("ALTER TABLE t ADD COLUMN n" + i);
      }
      db.run("SELECT crsql_commit_alter('t')");
    }
    a.run("UPDATE t SET n3 = 'n', c1999 = 'last'");
    merge(b, changes(a, "val IS NOT NULL"));
    assertThat(lines(b, "SELECT c5, c1999, n3 FROM t")).containsExactly("x last n");
    assertThat(lines(a, "SELECT count(*) FROM crsql_changes")).containsExactly("1997");
  }

  @Test
  void keyOfManyColumns_isOne() {
    StringBuilder ddl = new StringBuilder("CREATE TABLE t(v");
    StringBuilder key = new StringBuilder("k0");
    StringBuilder values = new StringBuilder("'v'");
    for (int i = 0; i < 100; i++) {
      ddl.append(", k").append(i);
      key.append(i == 0 ? "" : ", k" + i);
      values.append(", ").append(i);
    }
    ddl.append(", PRIMARY KEY(").append(key).append("))");
    Database a = open(ddl.toString(), CRR, "INSERT INTO t VALUES(" + values + ")");
    Database b = open(ddl.toString(), CRR);
    pull(b, a);
    a.run("UPDATE t SET k99 = -1");
    pull(b, a);
    assertThat(lines(b, "SELECT v, k0, k98, k99 FROM t")).containsExactly("v 0 98 -1");
    assertSame(a, b);
  }

  @Test
  void tableOfOneColumn_hasOnlyItsKey() {
    for (String ddl :
        new String[] {"CREATE TABLE t(a PRIMARY KEY)", "CREATE TABLE t(a INTEGER PRIMARY KEY)"}) {
      Database a = open(ddl, "INSERT INTO t VALUES(1), (2)", CRR, "UPDATE t SET a = 3 WHERE a = 2");
      Database b = open(ddl, CRR, "INSERT INTO t VALUES(1)");
      sync(a, b);
      assertThat(lines(b, "SELECT * FROM t")).containsExactly("1", "3");
      assertSame(a, b);
    }
  }
}
