package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Temporary tables and triggers beside replicated ones. */
class TempTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b)";
  private static final String CRR = "SELECT crsql_as_crr('t')";

  @Test
  void tempStore_mayChangeAtAnyTime() {
    Database db = open(T, CRR);
    for (int store = 0; store < 6; store++) {
      db.run("PRAGMA temp_store = " + store % 3);
      db.run("INSERT INTO t VALUES(?1, 1)", store);
      db.run("CREATE TEMP TABLE s" + store + "(x)");
      db.run("CREATE TEMP TRIGGER r AFTER INSERT ON s" + store + " BEGIN SELECT 1; END");
    }
    assertThat(lines(db, "SELECT count(*) FROM crsql_changes")).containsExactly("6");
  }

  @Test
  void temporaryTrigger_isSeenAgainAfterTempStoreHasChanged() {
    Database db = open(T, CRR);
    for (int i = 0; i < 3; i++) {
      db.run("INSERT INTO t VALUES(?1, 1)", i);
      db.run("CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END");
      assertThat(error(db, "INSERT INTO t VALUES('x', 1)"))
          .contains("has the temporary trigger \"r\" that runs before crsql's");
      db.run("PRAGMA temp_store = " + (i % 2 + 1));
    }
    db.run("INSERT INTO t VALUES(3, 1)");
    assertThat(lines(db, "SELECT count(*) FROM crsql_changes")).containsExactly("4");
  }

  @Test
  void temporaryTrigger_isSeenWhenItHasComeAndGoneByARollback() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1)", "BEGIN");
    db.run("CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END");
    db.run("ROLLBACK");
    db.run("INSERT INTO t VALUES(2, 1)");
    db.run("CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END");
    assertThat(error(db, "INSERT INTO t VALUES(3, 1)")).contains("temporary trigger \"r\"");
    db.run("DROP TRIGGER r");
    db.run("INSERT INTO t VALUES(3, 1)");
    assertThat(lines(db, "SELECT count(*) FROM crsql_changes")).containsExactly("3");
  }

  @Test
  void temporaryTableOfTheSameName_isNotReplicated() {
    Database db = open(T, CRR, "CREATE TEMP TABLE t(a PRIMARY KEY, b)");
    db.run("INSERT INTO t VALUES(1, 1)");
    db.run("INSERT INTO main.t VALUES(2, 2)");
    assertThat(lines(db, "SELECT pk, val FROM crsql_changes")).containsExactly("2 2");
    db.run(MERGE, "t", 2, 1, 9, 50, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT * FROM main.t")).containsExactly("2 9");
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1");
  }

  @Test
  void temporaryView_readsAReplicatedTable() {
    Database db = open(T, CRR, "CREATE TEMP VIEW v AS SELECT a, b FROM t");
    db.run(
        "CREATE TEMP TRIGGER w INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES(new.a, new.b); END");
    db.run("INSERT INTO v VALUES(1, 2)");
    assertThat(lines(db, "SELECT pk, val FROM crsql_changes")).containsExactly("1 2");
  }
}
