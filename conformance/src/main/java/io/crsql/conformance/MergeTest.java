package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The merge rules of cells, rows and keys, each with the smallest sequence that needs it. */
class MergeTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final Blob LOW = new Blob("00".repeat(16));
  private static final Blob HIGH = new Blob("FF".repeat(16));

  private static void change(
      Database to, Object pk, Object cid, Object val, long version, Blob site) {
    to.run(MERGE, "t", pk, cid, val, version, site);
  }

  private static List<String> cells(Database db) {
    return lines(db, "SELECT pk, cid, val, version, site_id FROM crsql_changes ORDER BY pk, col");
  }

  @Test
  void greaterVersion_wins() {
    Database db = open(T, CRR);
    change(db, 1, 1, 10, 5, HIGH);
    change(db, 1, 1, 11, 6, LOW);
    change(db, 1, 1, 12, 4, HIGH);
    assertThat(cells(db)).containsExactly("1 1 11 6 " + LOW);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 11 null");
  }

  @Test
  void equalVersions_areDecidedByTheSiteAsUnsignedBytes() {
    for (boolean lowFirst : new boolean[] {true, false}) {
      Database db = open(T, CRR);
      change(db, 1, 1, lowFirst ? 10 : 11, 5, lowFirst ? LOW : HIGH);
      change(db, 1, 1, lowFirst ? 11 : 10, 5, lowFirst ? HIGH : LOW);
      assertThat(cells(db)).containsExactly("1 1 11 5 " + HIGH);
    }
  }

  @Test
  void equalStamp_changesNothing() {
    Database db = open(T, CRR);
    change(db, 1, 1, 10, 5, HIGH);
    long clock = (long) db.value("SELECT crsql_dbversion()");
    change(db, 1, 1, 10, 5, HIGH);
    assertThat(cells(db)).containsExactly("1 1 10 5 " + HIGH);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(clock);
  }

  @Test
  void winnersMetadata_isAdoptedEvenIfTheValuesAreEqual() {
    Database db = open(T, CRR);
    change(db, 1, 1, 10, 5, HIGH);
    change(db, 1, 1, 10, 7, LOW);
    change(db, 1, 1, 66, 6, HIGH);
    assertThat(cells(db)).containsExactly("1 1 10 7 " + LOW);
  }

  @Test
  void olderLives_neverTouchNewerOnes() {
    Database db = open(T, CRR);
    change(db, 1, "1@3", 30, 9, LOW);
    change(db, 1, 1, 10, 100, HIGH);
    change(db, 1, -1, 2, 101, HIGH);
    assertThat(cells(db)).containsExactly("1 1@3 30 9 " + LOW);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 30 null");
  }

  @Test
  void newerLife_dropsTheOlderOnesCells() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    change(db, 1, "2@3", 30, 5, LOW);
    assertThat(cells(db)).containsExactly("1 2@3 30 5 " + LOW);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 null 30");
  }

  @Test
  void deletion_winsOverItsLifeAndKeepsTheGreaterStamp() {
    for (boolean lowFirst : new boolean[] {true, false}) {
      Database db = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
      change(db, 1, -1, 2, 3, lowFirst ? LOW : HIGH);
      change(db, 1, -1, 2, 3, lowFirst ? HIGH : LOW);
      change(db, 1, 1, 99, 50, HIGH);
      assertThat(cells(db)).containsExactly("1 -1 2 3 " + HIGH);
      assertThat(lines(db, "SELECT * FROM t")).isEmpty();
    }
  }

  @Test
  void deletionWithoutALife_meansTheFirst() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    change(db, 1, -1, null, 9, LOW);
    assertThat(cells(db)).containsExactly("1 -1 2 9 " + LOW);
  }

  @Test
  void deletionOfARowNeverSeen_isKept() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    Database b = open(T, CRR);
    List<List<Object>> row = changes(a);
    a.run("DELETE FROM t");
    pull(b, a);
    merge(b, row);
    assertThat(state(b)).isEqualTo(state(a));
    assertThat(lines(b, "SELECT * FROM t")).isEmpty();
  }

  @Test
  void keyOnlyRows_mergeByTheirExistenceMark() {
    Database a = open("CREATE TABLE t(a, b, PRIMARY KEY(a, b))", CRR, "INSERT INTO t VALUES(1, 2)");
    Database b = open("CREATE TABLE t(a, b, PRIMARY KEY(a, b))", CRR, "INSERT INTO t VALUES(1, 2)");
    a.run("DELETE FROM t");
    a.run("INSERT INTO t VALUES(1, 2)");
    sync(a, b);
    assertThat(state(b)).isEqualTo(state(a)).hasSize(1);
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 2");
  }

  @Test
  void keysThatAreEqualButNotTheSame_areOneRowSpelledByTheGreatestStamp() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1)");
    Database b =
        open(
            T,
            CRR,
            "INSERT INTO t VALUES(9, 9, 9)",
            "INSERT INTO t VALUES(1.0, 2, 2)",
            "UPDATE t SET c = 3 WHERE a = 1");
    sync(a, b);
    assertThat(state(b)).isEqualTo(state(a));
    assertThat(lines(a, "SELECT * FROM t WHERE a = 1")).containsExactly("1.0 2 3");
    assertThat(lines(b, "SELECT * FROM t WHERE a = 1")).containsExactly("1.0 2 3");
  }

  @Test
  void olderSpelling_doesNotComeBackWithALateCell() {
    Database db = open("CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b, c)", CRR);
    change(db, "'A'", 1, 1, 9, LOW);
    change(db, "'a'", 2, 1, 5, LOW);
    assertThat(lines(db, "SELECT a FROM t")).containsExactly("A");
    change(db, "'a'", 2, 1, 10, LOW);
    assertThat(lines(db, "SELECT a FROM t")).containsExactly("a");
  }

  @Test
  void columnWithoutACell_hasItsConstantDefaultButNeverAnEvaluatedOne() {
    Database db =
        open(
            "CREATE TABLE t(a PRIMARY KEY, b, c DEFAULT 'x', d DEFAULT (abs(-7)),"
                + " e DEFAULT CURRENT_TIMESTAMP, f INT DEFAULT -5, g DEFAULT X'00')",
            CRR);
    change(db, 1, 1, 10, 5, LOW);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 10 x null null -5 X'00'");
    change(db, 1, "1@3", 11, 6, LOW);
    change(db, 1, "e@3", 12, 7, LOW);
    change(db, 1, "2@5", 13, 8, LOW);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 null 13 null null -5 X'00'");
  }

  @Test
  void seenVersions_moveTheClockWhetherTheyWinLoseOrAreDropped() {
    Database db = open(T, CRR);
    change(db, 1, "1@3", 10, 5, LOW);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(6L);
    change(db, 1, 1, 10, 50, LOW);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(50L);
    change(db, 1, "1@3", 10, 70, LOW);
    change(db, 1, "1@3", 10, 69, HIGH);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(71L);
  }

  @Test
  void ownWritesComingBack_keepTheirStamps() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    Database b = open(T, CRR);
    pull(b, a);
    List<String> before = cells(a);
    pull(a, b);
    assertThat(cells(a)).isEqualTo(before);
    Database restored = open(T, CRR);
    Object own = restored.value("SELECT crsql_siteid()");
    change(restored, 1, 2, 20, 40, (Blob) own);
    assertThat(cells(restored)).containsExactly("1 2 20 40 null");
    assertThat(lines(restored, "SELECT site, version FROM t__crsql_log")).containsExactly("0 39");
  }

  @Test
  void cellsOfOneWrite_joinInATransactionButNotPastAReader() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    Database relay = open(T, CRR);
    Database reader = open(T, CRR);
    List<List<Object>> cells = changes(a);
    merge(relay, cells.subList(0, 1));
    pull(reader, relay);
    Object cursor = relay.value("SELECT max(db_version) FROM crsql_changes");
    merge(relay, cells.subList(1, 2));
    merge(reader, changes(relay, "db_version > " + cursor));
    assertThat(state(reader)).isEqualTo(state(a));

    Database joined = open(T, CRR);
    joined.run("BEGIN");
    merge(joined, cells);
    joined.run("COMMIT");
    assertThat(lines(joined, "SELECT count(*) FROM t__crsql_log")).containsExactly("1");
    Database read = open(T, CRR);
    read.run("BEGIN");
    merge(read, cells.subList(0, 1));
    lines(read, "SELECT * FROM crsql_changes");
    merge(read, cells.subList(1, 2));
    read.run("COMMIT");
    assertThat(lines(read, "SELECT count(*) FROM t__crsql_log")).containsExactly("2");
  }

  @Test
  void cellsBeforeSlotZeroOfTheirWrite_mayHaveAVersionBelowOne() {
    Database db = open(T, CRR);
    change(db, 1, 2, 7, 1, LOW);
    assertThat(lines(db, "SELECT version FROM t__crsql_log")).containsExactly("0");
    assertThat(cells(db)).containsExactly("1 2 7 1 " + LOW);
  }

  @Test
  void columnsAddedLater_areNamed() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)", "ALTER TABLE t ADD COLUMN d", CRR);
    a.run("UPDATE t SET d = 5, b = 11");
    assertThat(lines(a, "SELECT cid, val, version FROM crsql_changes ORDER BY version"))
        .containsExactly("2 20 2", "1 11 4", "d 5 6");
    Database b = open("CREATE TABLE t(a PRIMARY KEY, b, c, d)", CRR);
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM t")).containsExactly("1 11 20 5");
  }

  @Test
  void slotsOfDroppedColumns_areNotReused() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    db.run("SELECT crsql_optimize()");
    for (String which : new String[] {"insert", "delete", "update", "key"}) {
      db.run("DROP TRIGGER t__crsql_" + which);
    }
    db.run("ALTER TABLE t DROP COLUMN b");
    db.run(CRR);
    db.run("ALTER TABLE t ADD COLUMN gone");
    db.run(CRR);
    db.run("UPDATE t SET gone = 1, c = 2");
    assertThat(lines(db, "SELECT cid, val, version FROM crsql_changes ORDER BY version"))
        .containsExactly("2 2 5", "gone 1 6");
    db.run("DELETE FROM t");
    assertThat(db.value("SELECT version FROM crsql_changes")).isEqualTo(7L);
  }

  @Test
  void ambiguousNamesOfLaterColumns_areQuoted() {
    Database a = open("CREATE TABLE t(a PRIMARY KEY)", CRR);
    a.run("ALTER TABLE t ADD COLUMN \"1\"");
    a.run("ALTER TABLE t ADD COLUMN \"x@3\"");
    a.run("ALTER TABLE t ADD COLUMN \"q\"\"q\"");
    a.run(CRR);
    a.run("INSERT INTO t VALUES(7, 'one', 'x', 'q')");
    assertThat(lines(a, "SELECT cid FROM crsql_changes ORDER BY version"))
        .containsExactly("-2", "\"1\"", "\"x@3\"", "q\"q");
    a.run("DELETE FROM t");
    a.run("INSERT INTO t VALUES(7, 'one', 'x', 'q')");
    assertThat(lines(a, "SELECT cid FROM crsql_changes ORDER BY version"))
        .containsExactly("-2", "\"1\"@3", "\"x@3\"@3", "q\"q@3");
    Database b = open("CREATE TABLE t(a PRIMARY KEY)", CRR);
    b.run("ALTER TABLE t ADD COLUMN \"x@3\"");
    b.run("ALTER TABLE t ADD COLUMN \"1\"");
    b.run("ALTER TABLE t ADD COLUMN \"q\"\"q\"");
    b.run(CRR);
    pull(b, a);
    assertThat(lines(b, "SELECT a, \"1\", \"x@3\", \"q\"\"q\" FROM t"))
        .containsExactly("7 one x q");
  }

  @Test
  void hiddenColumns_canNameTheCellToo() {
    Database db = open(T, CRR);
    db.run(
        "INSERT INTO crsql_changes(\"table\", pk, col, cl, val, version, site_id)"
            + " VALUES('T', 1, 'C', 3, 8, 9, ?1)",
        LOW);
    assertThat(cells(db)).containsExactly("1 2@3 8 9 " + LOW);
  }

  @Test
  void refusedMerge_leavesTheTransactionAsItWas() {
    String trigger =
        "CREATE TRIGGER no BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'not this one'); END";
    Database db = open(T, trigger, CRR);
    db.run("BEGIN");
    change(db, 1, 1, 10, 5, LOW);
    assertThat(error(db, MERGE, "t", 1, -1, 2, 6, LOW)).contains("not this one");
    change(db, 3, 1, 11, 7, LOW);
    db.run("COMMIT");
    assertThat(cells(db)).containsExactly("1 1 10 5 " + LOW, "3 1 11 7 " + LOW);
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 10 null", "3 11 null");
  }

  @Test
  void keySpelledByASlotThatIsGone_doesNotCount() {
    Database[] peers = new Database[2];
    for (int i = 0; i < 2; i++) {
      peers[i] = open("CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b, c)", CRR);
      for (String which : new String[] {"insert", "delete", "update", "key"}) {
        peers[i].run("DROP TRIGGER t__crsql_" + which);
      }
      peers[i].run("ALTER TABLE t DROP COLUMN c");
      peers[i].run(CRR);
    }
    peers[0].run("INSERT INTO t VALUES('a', 1)");
    pull(peers[1], peers[0]);
    long version = (long) peers[0].value("SELECT version FROM crsql_changes");
    for (Database peer : peers) {
      change(peer, "'A'", 1, 2, version + 1, LOW);
    }
    sync(peers);
    assertThat(lines(peers[0], "SELECT * FROM t")).containsExactly("A 2");
    assertThat(lines(peers[1], "SELECT * FROM t")).containsExactly("A 2");
  }

  @Test
  void mergeRefusedForTheKeysSpelling_holdsTheRowWhole() {
    Database db =
        open(
            "CREATE TABLE t(a TEXT COLLATE NOCASE PRIMARY KEY, b)",
            "CREATE TRIGGER low BEFORE UPDATE OF a ON t BEGIN SELECT RAISE(ABORT, 'low only'); END",
            CRR,
            "INSERT INTO t VALUES('a', 1)");
    db.run("BEGIN");
    change(db, "'A'", 1, 9, 50, LOW);
    db.run("COMMIT");
    assertThat(lines(db, "SELECT * FROM t")).isEmpty();
    assertThat(lines(db, "SELECT * FROM crsql_held")).containsExactly("t 'A' low only");
    assertThat(lines(db, "SELECT pk, val, version FROM crsql_changes")).containsExactly("'A' 9 50");
  }

  @Test
  void bareWordsAsDefaults_areText() {
    String ddl = "CREATE TABLE t(a PRIMARY KEY, c, d DEFAULT c, e DEFAULT \"it's\", f DEFAULT foo)";
    Database live = open(ddl, CRR, "INSERT INTO t VALUES(1, 'x', 'y', 'z', 'w')");
    Database fresh = open(ddl, CRR);
    for (Database db : new Database[] {live, fresh}) {
      change(db, 1, "1@3", "'new'", 70, LOW);
      assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 new c it's foo");
    }
  }

  @Test
  void rowThatGotPastTheCapture_isMadeAgain() {
    Database db = open(T, CRR, "INSERT INTO t(rowid, a, b) VALUES(1, 'x', 1)");
    db.run("INSERT OR REPLACE INTO t(rowid, a, b) VALUES(1, 'y', 2)");
    change(db, "'x'", 1, 5, 50, LOW);
    assertThat(lines(db, "SELECT a, b FROM t ORDER BY a")).containsExactly("x 5", "y 2");
    db.run("INSERT OR REPLACE INTO t(rowid, a, b) SELECT rowid, 'z', 3 FROM t WHERE a = 'x'");
    change(db, "'x'", "1@3", 6, 60, LOW);
    assertThat(lines(db, "SELECT a, b FROM t ORDER BY a")).containsExactly("x 6", "y 2", "z 3");
  }
}
