package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Renamed tables and columns keep their history, and peers that use the old names are understood.
 */
class RenameTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String CELLS =
      "SELECT \"table\", pk, cid, col, val, version FROM crsql_changes ORDER BY version";

  @Test
  void columnRenamed_isRefusedUntilMended_andKeepsItsCells() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("ALTER TABLE t RENAME COLUMN b TO z");
    assertThat(error(db, "UPDATE t SET z = 5"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the column \"b\" renamed to \"z\", so its writes"
                + " cannot be tracked; call crsql_as_crr('t')");
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 z 1 1", "t 1 2 c 1 2");
    db.run(CRR);
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 z 1 1", "t 1 2 c 1 2");
    db.run("UPDATE t SET z = 5");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 z 5 3");
  }

  @Test
  void columnRenamedInCaseOnly_needsNoCall() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("ALTER TABLE t RENAME COLUMN b TO B");
    db.run(CRR);
    db.run("UPDATE t SET b = 2");
    assertThat(lines(db, CELLS)).containsExactly("t 1 2 c 1 2", "t 1 1 B 2 3");
  }

  @Test
  void columnsThatSwapNames_keepTheirOwnCells() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 'b', 'c')");
    db.run("ALTER TABLE t RENAME COLUMN b TO x");
    db.run("ALTER TABLE t RENAME COLUMN c TO b");
    db.run("ALTER TABLE t RENAME COLUMN x TO c");
    db.run(CRR);
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 c 'b' 1", "t 1 2 b 'c' 2");
  }

  @Test
  void columnOfAWideTableRenamed_keepsItsCells() {
    StringBuilder ddl = new StringBuilder("CREATE TABLE t(a PRIMARY KEY");
    for (int i = 0; i < 130; i++) {
      ddl.append(", c").append(i);
    }
    Database db = open(ddl + ")", CRR, "INSERT INTO t(a, c64, c129) VALUES(1, 64, 129)");
    db.run("ALTER TABLE t RENAME COLUMN c64 TO \"odd < < 7 name\"");
    db.run("ALTER TABLE t RENAME COLUMN c129 TO \"old.\"");
    db.run(CRR);
    assertThat(lines(db, "SELECT cid, col FROM crsql_changes WHERE val IS NOT NULL"))
        .containsExactly("65 odd < < 7 name", "130 old.");
  }

  @Test
  void keyColumnRenamed_keepsItsRows() {
    Database db =
        open("CREATE TABLE t(a NOT NULL PRIMARY KEY, b)", CRR, "INSERT INTO t VALUES(1, 1)");
    db.run("ALTER TABLE t RENAME COLUMN a TO k");
    db.run("INSERT INTO t VALUES(2, 2)");
    db.run("DELETE FROM t WHERE k = 1");
    assertThat(lines(db, CELLS)).containsExactly("t 2 1 b 2 2", "t 1 -1 null 2 3");
  }

  @Test
  void nullableKeyColumnRenamed_isRefusedUntilMended() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("ALTER TABLE t RENAME COLUMN a TO k");
    assertThat(error(db, "INSERT INTO t VALUES(2, 2, 2)"))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the changed trigger \"t__crsql_insert\", so its"
                + " writes cannot be tracked; call crsql_as_crr('t')");
    db.run(CRR);
    assertThat(error(db, "INSERT INTO t VALUES(NULL, 2, 2)"))
        .isEqualTo(
            "crsql: \"t\" is replicated, so its key column \"k\" must not be NULL; give the row a"
                + " key");
    assertThat(lines(db, CELLS)).containsExactly("t 1 1 b 1 1", "t 1 2 c 1 2");
  }

  @Test
  void renamedAndAddedAtOnce_areToldApart() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("ALTER TABLE t RENAME COLUMN b TO z");
    db.run("ALTER TABLE t ADD COLUMN b DEFAULT 7");
    db.run("ALTER TABLE t RENAME TO u");
    db.run("SELECT crsql_as_crr('u')");
    db.run("UPDATE u SET b = 8");
    assertThat(lines(db, CELLS)).containsExactly("u 1 1 z 1 1", "u 1 2 c 1 2", "u 1 b b 8 6");
  }

  @Test
  void columnRenamedWhereTheTriggersAreLost_isRefused() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    db.run("DROP TRIGGER t__crsql_update");
    db.run("ALTER TABLE t RENAME COLUMN b TO z");
    assertThat(error(db, CRR))
        .isEqualTo(
            "crsql: the replicated table \"t\" has the new column \"z\" and no longer \"b\", which"
                + " may be a renaming, so its writes cannot be tracked; undo it, or drop the one,"
                + " call crsql_as_crr('t'), and then add the other");
  }

  @Test
  void tableRenamed_isRefusedUntilMended_andKeepsItsHistory() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "ALTER TABLE t RENAME TO u");
    String refusal =
        "crsql: the replicated table \"t\" has been renamed to \"u\", so its writes cannot be tracked;"
            + " call crsql_as_crr('u')";
    assertThat(error(db, "INSERT INTO u VALUES(2, 2, 2)")).isEqualTo(refusal);
    assertThat(error(db, CRR)).isEqualTo(refusal);
    assertThat(lines(db, CELLS)).containsExactly("u 1 1 b 1 1", "u 1 2 c 1 2");
    Object id = db.value("SELECT id FROM crsql_tables");
    db.run("SELECT crsql_as_crr('u')");
    db.run("INSERT INTO u VALUES(2, 2, 2)");
    db.run("DELETE FROM u WHERE a = 1");
    assertThat(lines(db, CELLS)).containsExactly("u 2 1 b 2 3", "u 2 2 c 2 4", "u 1 -1 null 2 5");
    assertThat(db.value("SELECT id FROM crsql_tables WHERE name = 'u'")).isEqualTo(id);
    assertThat(lines(db, "SELECT name FROM sqlite_schema WHERE name LIKE 't!_!_%' ESCAPE '!'"))
        .isEmpty();
  }

  @Test
  void tableRenamedAndBack_needsNoCall() {
    Database db = open(T, CRR, "ALTER TABLE t RENAME TO u", "ALTER TABLE u RENAME TO t");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    assertThat(lines(db, CELLS)).containsExactly("t 2 1 b 2 1", "t 2 2 c 2 2");
  }

  @Test
  void tableRenamedToThatOfADroppedOne_takesItsPlace() {
    Database db = open(T, CRR, "CREATE TABLE u(x PRIMARY KEY)", "SELECT crsql_as_crr('u')");
    db.run("INSERT INTO u VALUES(1), (2)");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("INSERT INTO u VALUES(3), (4)");
    Object clock = db.value("SELECT crsql_dbversion()");
    db.run("DROP TABLE u");
    db.run("ALTER TABLE t RENAME TO u");
    db.run("SELECT crsql_as_crr('u')");
    assertThat(lines(db, CELLS)).containsExactly("u 1 1 b 1 3", "u 1 2 c 1 4");
    assertThat(db.value("SELECT value FROM crsql_meta WHERE key = 'clock'")).isEqualTo(clock);
  }

  @Test
  void tablesThatSwapNames_takeAThirdOne() {
    Database db = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)", "SELECT crsql_as_crr('u')");
    db.run("INSERT INTO t VALUES(1, 't', 't')");
    db.run("INSERT INTO u VALUES(1, 'u')");
    db.run("ALTER TABLE t RENAME TO x");
    db.run("ALTER TABLE u RENAME TO t");
    db.run("ALTER TABLE x RENAME TO u");
    assertThat(error(db, CRR))
        .isEqualTo(
            "crsql: the replicated table \"t\" has been renamed to \"u\", so its writes cannot be"
                + " tracked; call crsql_as_crr('u')");
    db.run("ALTER TABLE u RENAME TO x");
    db.run("SELECT crsql_as_crr('x')");
    db.run(CRR);
    db.run("ALTER TABLE x RENAME TO u");
    db.run("SELECT crsql_as_crr('u')");
    assertThat(lines(db, CELLS)).containsExactly("u 1 1 b 't' 1", "u 1 2 c 't' 2", "t 1 1 b 'u' 3");
  }

  @Test
  void newTableOfTheOldName_isAnotherOne() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)", "ALTER TABLE t RENAME TO u", T);
    assertThat(error(db, CRR))
        .isEqualTo(
            "crsql: \"t\" is a new table, and the replicated table of that name has been renamed to"
                + " \"u\"; drop that one if this one shall take its place, or call"
                + " crsql_as_crr('u') first");
    db.run("SELECT crsql_as_crr('u')");
    db.run(CRR);
    db.run("INSERT INTO t VALUES(1, 2, 3)");
    db.run(MERGE, "t", 1, 1, 9, 9, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 9 3");
    assertThat(lines(db, "SELECT * FROM u")).containsExactly("1 1 1");
  }

  @Test
  void oldNamesFromPeers_areUnderstood() {
    Database old = open(T, CRR);
    Database db = open(T, CRR, "ALTER TABLE t ADD COLUMN d", CRR);
    db.run("ALTER TABLE t RENAME COLUMN d TO e");
    db.run("ALTER TABLE t RENAME TO u");
    db.run("SELECT crsql_as_crr('u')");
    old.run("ALTER TABLE t ADD COLUMN d");
    old.run(CRR);
    old.run("INSERT INTO t VALUES(1, 2, 3, 4)");
    pull(db, old);
    assertThat(lines(db, "SELECT a, b, c, e FROM u")).containsExactly("1 2 3 4");
    old.run("ALTER TABLE t RENAME TO u");
    old.run("ALTER TABLE u RENAME COLUMN d TO e");
    old.run("SELECT crsql_as_crr('u')");
    db.run("UPDATE u SET e = 5, b = 6");
    pull(old, db);
    assertThat(lines(old, "SELECT a, b, c, e FROM u")).containsExactly("1 6 3 5");
    assertThat(state(old)).isEqualTo(state(db));
  }

  @Test
  void oldName_meansTheColumnThatBoreItLast() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 'b', 'c')");
    db.run("ALTER TABLE t RENAME COLUMN b TO x");
    db.run(CRR);
    db.run("ALTER TABLE t RENAME COLUMN c TO b");
    db.run(CRR);
    db.run(MERGE, "t", 1, "b", "'present'", 9, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 b present");
    db.run("ALTER TABLE t RENAME COLUMN b TO y");
    db.run(CRR);
    db.run(MERGE, "t", 1, "b", "'last'", 10, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 b last");
  }

  @Test
  void columnAddedLater_isFoundByTheNumberOfAPeerThatBeganWithIt() {
    Database whole = open("CREATE TABLE t(a PRIMARY KEY, b, c, d, e)", CRR);
    Database db =
        open(T, CRR, "ALTER TABLE t ADD COLUMN d", CRR, "ALTER TABLE t ADD COLUMN e", CRR);
    whole.run("INSERT INTO t VALUES(1, 2, 3, 4, 5)");
    pull(db, whole);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 2 3 4 5");
    db.run("UPDATE t SET e = 6");
    pull(whole, db);
    assertThat(lines(whole, "SELECT * FROM t")).containsExactly("1 2 3 4 6");
  }

  @Test
  void numberOfAColumnThatIsGone_isNotThatOfOneAddedInItsPlace() {
    Database db = open(T, CRR, "SELECT crsql_begin_alter('t')");
    db.run("ALTER TABLE t DROP COLUMN c");
    db.run("ALTER TABLE t ADD COLUMN d");
    db.run("SELECT crsql_commit_alter('t')");
    db.run(MERGE, "t", 1, 2, 5, 9, new Blob("AB".repeat(16)));
    assertThat(lines(db, "SELECT a, b, d FROM t")).containsExactly("1 null null");
  }
}
