package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Triggers of the user's beside crsql's own: order of events, and what they write during a merge.
 */
class UserTriggerTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";

  @Test
  void newerTrigger_isRefusedByNameUntilAsCrrPutsItBehind() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run(
        "CREATE TRIGGER again AFTER DELETE ON t BEGIN INSERT INTO t VALUES(old.a, 'again', 0); END");
    String refusal =
        "crsql: the replicated table \"t\" has the newer trigger \"again\" that runs before"
            + " crsql's, so its writes cannot be tracked; call crsql_as_crr('t')";
    assertThat(error(db, "DELETE FROM t")).isEqualTo(refusal);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1 1");
    db.run(CRR);
    db.run("DELETE FROM t");
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes"))
        .containsExactly("1 1@3 'again'", "1 2@3 0");
    db.run("SELECT crsql_optimize()");
    assertThat(lines(db, "SELECT pk, cid, val FROM crsql_changes"))
        .containsExactly("1 1@3 'again'", "1 2@3 0");
  }

  @Test
  void temporaryTrigger_isRefusedByName() {
    Database db = open(T, CRR);
    db.run("CREATE TEMP TRIGGER tmp AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = new.a; END");
    assertThat(error(db, "INSERT INTO t VALUES(1, 1, 1)"))
        .contains("has the temporary trigger \"tmp\" that runs before crsql's");
    db.run("DROP TRIGGER tmp");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
  }

  @Test
  void lostOrChangedCaptureTrigger_isRefusedByNameAndMended() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    db.run("DROP TRIGGER t__crsql_delete");
    assertThat(error(db, "INSERT INTO t VALUES(3, 3, 3)"))
        .contains("has lost the trigger \"t__crsql_delete\"")
        .endsWith("call crsql_as_crr('t')");
    assertThat(error(db, MERGE, "t", 9, 1, 1, 99, new Blob("AB".repeat(16))))
        .contains("has lost the trigger");
    db.run("DELETE FROM t WHERE a = 1");
    db.run(CRR);
    assertThat(lines(db, "SELECT pk, cid FROM crsql_changes ORDER BY pk, cid"))
        .containsExactly("1 -1", "2 1", "2 2");
  }

  @Test
  void uniqueIndexMadeLater_isRefusedByName() {
    Database db = open(T, CRR, "CREATE UNIQUE INDEX u ON t(b)");
    assertThat(error(db, "INSERT INTO t VALUES(1, 1, 1)"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the UNIQUE index \"u\", so its writes cannot be"
                + " tracked; drop it");
    db.run("DROP INDEX u");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(lines(db, "SELECT count(*) FROM crsql_changes")).containsExactly("2");
  }

  @Test
  void writesToOtherRowsAndTables_areCapturedDuringAMerge() {
    String[] schema = {
      T,
      "CREATE TABLE audit(id PRIMARY KEY, what)",
      "CREATE TRIGGER copy AFTER UPDATE OF b ON t WHEN new.a = 1 BEGIN"
          + " UPDATE t SET c = new.b WHERE a = 2;"
          + " INSERT OR REPLACE INTO audit VALUES(new.a, new.b); END",
      CRR,
      "SELECT crsql_as_crr('audit')"
    };
    Database a = open(schema);
    a.run("DROP TRIGGER copy");
    Database b = open(schema);
    b.run("INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    pull(a, b);
    a.run("UPDATE t SET b = 5 WHERE a = 1");
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 5 1", "2 2 5");
    assertThat(
            lines(
                b,
                "SELECT \"table\", pk, cid, val FROM crsql_changes WHERE site_id IS NULL"
                    + " AND db_version > 6"))
        .containsExactly("t 2 2 5", "audit 1 1 5");
    sync(a, b);
    assertThat(state(a)).isEqualTo(state(b));
    assertThat(lines(a, "SELECT * FROM audit")).containsExactly("1 5");
  }

  @Test
  void changesToTheMergedRowItself_areCapturedToo() {
    Database[] peers = new Database[2];
    for (int i = 0; i < peers.length; i++) {
      peers[i] =
          open(
              T,
              "CREATE TRIGGER touch AFTER UPDATE OF b ON t BEGIN"
                  + " UPDATE t SET c = 'touched at "
                  + i
                  + "' WHERE a = new.a; END",
              CRR);
    }
    peers[0].run("INSERT INTO t VALUES(1, 1, 1)");
    pull(peers[1], peers[0]);
    peers[0].run("UPDATE t SET b = 2");
    for (int i = 0; i < 3; i++) {
      sync(peers);
    }
    assertThat(lines(peers[0], "SELECT * FROM t")).containsExactly("1 2 touched at 1");
    assertThat(lines(peers[1], "SELECT * FROM t")).containsExactly("1 2 touched at 1");
    assertThat(state(peers[0])).isEqualTo(state(peers[1]));
  }

  @Test
  void insertTriggerThatChangesTheMergedRow_isCaptured() {
    String trigger =
        "CREATE TRIGGER fill AFTER INSERT ON t WHEN new.c IS NULL BEGIN"
            + " UPDATE t SET c = 'filled' WHERE a = new.a; END";
    Database a = open(T, CRR, "INSERT INTO t(a, b) VALUES(1, 1)");
    Database b = open(T, trigger, CRR);
    merge(b, changes(a, "cid = 1"));
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 1 filled");
    sync(a, b);
    assertThat(lines(a, "SELECT * FROM t")).containsExactly("1 1 filled");
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void triggerThatUndoesAMergedWrite_isCaptured() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)");
    Database b =
        open(
            T,
            "CREATE TRIGGER gone AFTER INSERT ON t WHEN new.a = 1 BEGIN"
                + " DELETE FROM t WHERE a = 1; END",
            "CREATE TRIGGER back AFTER DELETE ON t WHEN old.a = 2 BEGIN"
                + " INSERT INTO t VALUES(2, 'back', 0); END",
            CRR);
    sync(a, b);
    assertThat(lines(a, "SELECT * FROM t")).containsExactly("2 2 2");
    a.run("DELETE FROM t");
    sync(a, b);
    assertThat(lines(a, "SELECT * FROM t")).containsExactly("2 back 0");
    assertThat(state(a)).isEqualTo(state(b));
  }

  @Test
  void crsqlMerging_letsATriggerOptOut() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    Database b =
        open(
            T,
            "CREATE TABLE seen(a)",
            "CREATE TRIGGER s AFTER INSERT ON t WHEN NOT crsql_merging() BEGIN"
                + " INSERT INTO seen VALUES(new.a); END",
            CRR);
    pull(b, a);
    b.run("INSERT INTO t VALUES(2, 2, 2)");
    assertThat(lines(b, "SELECT * FROM seen")).containsExactly("2");
    assertThat(b.value("SELECT crsql_merging()")).isEqualTo(0L);
  }

  @Test
  void mergingFromATriggerOfAMerge_isRefused() {
    Database db =
        open(
            T,
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO crsql_changes(\"table\", pk, cid,"
                + " val, version, site_id) VALUES('t', 7, 1, 1, 50, zeroblob(16)); END",
            CRR);
    assertThat(error(db, MERGE, "t", 9, 1, 1, 99, new Blob("AB".repeat(16))))
        .contains("a trigger fired by a merge must not merge");
    assertThat(lines(db, "SELECT * FROM t")).isEmpty();
  }

  @Test
  void writesThatCascadeFromAForeignKey_areCapturedDuringAMerge() {
    String[] schema = {
      T,
      "CREATE TABLE child(x REFERENCES t(a) ON DELETE CASCADE)",
      "CREATE TRIGGER orphan AFTER DELETE ON child BEGIN"
          + " UPDATE t SET b = 'orphaned' WHERE a = 2; END",
      CRR,
      "INSERT INTO t VALUES(1, 1, 1), (2, 2, 2)",
      "INSERT INTO child VALUES(1)",
      "PRAGMA foreign_keys = 1"
    };
    Database db = open(schema);
    db.run(MERGE, "t", 1, -1, 2, 50, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT a, b FROM t")).containsExactly("2 orphaned");
    assertThat(lines(db, "SELECT val, version > 4 FROM crsql_changes WHERE pk = 2 AND cid = 1"))
        .containsExactly("'orphaned' 1");
  }
}
