package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Peers that change their schemas one after the other exchange changes before, between and after.
 */
class SchemaPeersTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";

  private static void alter(Database db, String table, String alters) {
    db.run("SELECT crsql_begin_alter(?1)", table);
    for (String alter : alters.split("; ")) {
      db.run("ALTER TABLE " + table + " " + alter);
    }
    db.run("SELECT crsql_commit_alter(?1)", table);
  }

  /** Writes a cell of the row by the column's place in the table. */
  private static void set(Database db, int place, String value) {
    List<Object> table = db.query("SELECT name FROM crsql_tables").get(0);
    Object column =
        db.value("SELECT name FROM pragma_table_info(?1) WHERE cid = ?2", table.get(0), place);
    db.run("UPDATE \"" + table.get(0) + "\" SET \"" + column + "\" = ?1 WHERE a = 1", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADD COLUMN d | 1 | 1",
        "ADD COLUMN d DEFAULT 7 | 3 | 2",
        "RENAME COLUMN b TO z | 1 | 1",
        "RENAME COLUMN c TO b2; ADD COLUMN c | 2 | 2",
        "ADD COLUMN d; RENAME COLUMN d TO e | 3 | 2",
        "RENAME TO u | 1 | 2",
        "RENAME TO u | 1 | 1",
        "DROP COLUMN b | 1 | 2",
        "RENAME COLUMN b TO z | 1 | 2"
      })
  void peers_convergeBeforeAndAfterTheOtherFollows(String alters, int ahead, int behind) {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 'b', 'c'), (2, 'b', 'c')");
    Database b = open(T, CRR);
    sync(a, b);
    alter(a, "t", alters);
    set(a, ahead, "of a");
    set(b, behind, "of b");
    set(a, ahead, "of a again");
    sync(a, b);
    b.run("DELETE FROM t WHERE a = 2");
    sync(a, b);
    alter(b, "t", alters);
    sync(a, b);
    String table = (String) a.value("SELECT name FROM crsql_tables");
    List<String> rows = lines(a, "SELECT * FROM " + table + " ORDER BY a");
    assertThat(rows).hasSize(1).first().asString().contains("of a again");
    assertThat(lines(b, "SELECT * FROM " + table + " ORDER BY a")).isEqualTo(rows);
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void cellsOfADroppedColumn_areKeptByPeersThatHaveIt() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 'b', 'c')");
    Database b = open(T, CRR);
    sync(a, b);
    alter(a, "t", "DROP COLUMN b");
    a.run("UPDATE t SET c = 'of a'");
    b.run("UPDATE t SET b = 'of b'");
    sync(a, b);
    assertThat(lines(a, "SELECT * FROM t")).containsExactly("1 of a");
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 of b of a");
  }

  @Test
  void oneTakesInByNumberWhatTheOtherAddedLater() {
    Database a = open("CREATE TABLE t(a PRIMARY KEY, b, c, d)", CRR);
    Database b = open(T, CRR, "ALTER TABLE t ADD COLUMN d", CRR);
    a.run("INSERT INTO t VALUES(1, 2, 3, 4)");
    sync(a, b);
    b.run("UPDATE t SET d = 5");
    sync(a, b);
    assertThat(lines(a, "SELECT * FROM t")).containsExactly("1 2 3 5");
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 2 3 5");
  }

  @Test
  void rowThatLosesItsLastCellWithAColumn_isStillToldToPeersThatLackIt() {
    String table = "CREATE TABLE t(a PRIMARY KEY NOT NULL, b)";
    String crr = "SELECT crsql_as_crr('t')";
    Database first = open(table, crr, "INSERT INTO t VALUES(1, 'b'), (2, NULL), (3, 'x')");
    Database second = open(table, crr);
    pull(second, first);
    first.run("DELETE FROM t WHERE a = 2");
    first.run("INSERT INTO t VALUES(2, 'again')");
    second.run("UPDATE t SET b = 'two' WHERE a = 1");
    Database fresh = open(table, crr);
    for (Database db : new Database[] {first, second, fresh}) {
      alter(db, "t", "ADD COLUMN d DEFAULT 0; DROP COLUMN b");
      assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
    }
    second.run("UPDATE t SET d = 7 WHERE a = 3");
    pull(fresh, first);
    assertThat(lines(fresh, "SELECT * FROM t ORDER BY a")).containsExactly("1 0", "2 0", "3 0");
    sync(first, second, fresh);
    for (Database db : new Database[] {first, second, fresh}) {
      assertThat(lines(db, "SELECT * FROM t ORDER BY a")).containsExactly("1 0", "2 0", "3 7");
      assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
      assertThat(db.value("SELECT crsql_fingerprint()"))
          .isEqualTo(first.value("SELECT crsql_fingerprint()"));
    }
  }

  @Test
  void cellHandedOver_losesAgainstEveryWrite() {
    String table = "CREATE TABLE t(a PRIMARY KEY NOT NULL, b)";
    String crr = "SELECT crsql_as_crr('t')";
    Database late = open(table, crr, "INSERT INTO t VALUES(1, 'b')");
    Database early = open(table, crr);
    pull(early, late);
    alter(early, "t", "ADD COLUMN d DEFAULT 0");
    early.run("UPDATE t SET d = 5");
    late.run("UPDATE t SET b = 'much later'");
    late.run("UPDATE t SET b = 'later still'");
    alter(late, "t", "ADD COLUMN d DEFAULT 0; DROP COLUMN b");
    alter(early, "t", "DROP COLUMN b");
    sync(early, late);
    for (Database db : new Database[] {early, late}) {
      assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 5");
      assertThat(db.value("SELECT crsql_verify()")).isEqualTo("ok");
    }
    assertThat(state(early)).isEqualTo(state(late));
  }

  @Test
  void wideTableThatLosesAColumn_handsItsRowsOverInAnotherGroup() {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < 70; i++) {
      columns.append(", c").append(i);
    }
    String table = "CREATE TABLE t(a PRIMARY KEY NOT NULL" + columns + ")";
    String crr = "SELECT crsql_as_crr('t')";
    Database from = open(table, crr, "INSERT INTO t(a, c69) VALUES(1, 'x')");
    Database to = open(table, crr);
    merge(to, changes(from, "col = 'c69'"));
    alter(to, "t", "DROP COLUMN c69");
    Database fresh = open(table, crr);
    pull(fresh, to);
    assertThat(lines(fresh, "SELECT a FROM t")).containsExactly("1");
    assertThat(lines(to, "SELECT col, val, version FROM crsql_changes"))
        .containsExactly("c0 null 1");
    assertThat(to.value("SELECT crsql_verify()")).isEqualTo("ok");
  }
}
