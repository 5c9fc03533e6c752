package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock is never below a version that the file has issued or seen: over connections, rollbacks
 * and drops.
 */
class ClockTest extends Scenario {
  private static final Blob SITE = new Blob("AB".repeat(16));

  @TempDir Path dir;
  private Database db;

  private Database connect() {
    return openFile(dir.resolve("clock.db").toString());
  }

  @BeforeEach
  void create() {
    db = connect();
    db.run("PRAGMA journal_mode = WAL");
    db.run("CREATE TABLE t(a PRIMARY KEY, b, c)");
    db.run("SELECT crsql_as_crr('t')");
  }

  private void reopenedClockIs(long expected) {
    assertThat(connect().value("SELECT crsql_dbversion()")).isEqualTo(expected);
  }

  @Test
  void issuedVersions_areKept() {
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    reopenedClockIs(2);
    db.run("UPDATE t SET b = 2");
    reopenedClockIs(4);
    db.run("DELETE FROM t");
    reopenedClockIs(5);
    db.run("SELECT crsql_optimize()");
    reopenedClockIs(5);
  }

  @Test
  void seenVersions_areKeptEvenIfTheyLost() {
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("UPDATE t SET b = 2, c = 2");
    db.run("DELETE FROM t");
    db.run(MERGE, "t", 1, 1, 9, 77, SITE);
    reopenedClockIs(77);
    db.run(MERGE, "t", 1, "1@3", 9, 80, SITE);
    reopenedClockIs(81);
    db.run("BEGIN");
    db.run(MERGE, "t", 1, 1, 9, 90, SITE);
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("COMMIT");
    reopenedClockIs(92);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(3, 3, 3)");
    db.run(MERGE, "t", 1, 1, 9, 99, SITE);
    db.run("COMMIT");
    reopenedClockIs(99);
  }

  @Test
  void droppedTables_keepTheirTicks() {
    db.run("CREATE TABLE u(a PRIMARY KEY, b)");
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("SELECT crsql_as_crr('u')");
    db.run("INSERT INTO u VALUES(1, 1)");
    db.run("INSERT INTO u VALUES(2, 1)");
    db.run("DROP TABLE u");
    reopenedClockIs(4);
  }

  @Test
  void otherConnectionsWrites_areSeenBeforeTheNextTick() {
    Database other = connect();
    for (int i = 0; i < 10; i++) {
      (i % 3 == 0 ? other : db).run("INSERT INTO t VALUES(" + i + ", 1, 1)");
    }
    assertThat(lines(db, "SELECT version FROM crsql_changes WHERE cid = 1"))
        .containsExactly("1", "3", "5", "7", "9", "11", "13", "15", "17", "19");
    assertThat(other.value("SELECT crsql_dbversion()")).isEqualTo(20L);
  }

  @Test
  void rollback_leavesAGapButNeverReusesAnIssuedVersion() {
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("ROLLBACK");
    db.run("INSERT INTO t VALUES(3, 3, 3)");
    assertThat(lines(db, "SELECT version FROM crsql_changes")).containsExactly("1", "2", "5", "6");
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(4, 4, 4)");
    db.run("SAVEPOINT s");
    db.run(MERGE, "t", 1, 1, 9, 500, SITE);
    db.run("ROLLBACK TO s");
    db.run("COMMIT");
    assertThat((long) connect().value("SELECT crsql_dbversion()"))
        .isEqualTo((long) db.value("SELECT crsql_dbversion()"));
  }

  @Test
  void foldAfterARollback_doesNotRunAheadOfTheClockThatTheFileHolds() {
    db.run("INSERT INTO t VALUES(1, 1, 1)");
    db.run("BEGIN");
    db.run(MERGE, "t", 9, 1, 1, 100, SITE);
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    db.run("ROLLBACK");
    db.run("SELECT crsql_optimize()");
    Database next = connect();
    next.run("UPDATE t SET b = 2");
    next.run("INSERT INTO t VALUES(3, 3, 3)");
    next.run("DELETE FROM t WHERE a = 3");
    List<String> expected = List.of("1 2 1 2", "1 1 2 3", "3 -1 2 7");
    String cells = "SELECT pk, cid, val, version FROM crsql_changes";
    assertThat(lines(next, cells)).isEqualTo(expected);
    next.run("SELECT crsql_optimize()");
    assertThat(lines(next, cells)).isEqualTo(expected);
  }

  @Test
  void writersInTurns_neverShareAVersion() {
    Database other = connect();
    for (int i = 0; i < 40; i++) {
      Database writer = i % 2 == 0 ? db : other;
      writer.run("BEGIN IMMEDIATE");
      writer.run("INSERT OR REPLACE INTO t VALUES(" + i % 7 + ", " + i + ", 0)");
      writer.run(i % 5 == 0 ? "ROLLBACK" : "COMMIT");
    }
    assertThat(lines(db, "SELECT count(*) = count(DISTINCT version) FROM crsql_changes"))
        .containsExactly("1");
    assertThat(lines(db, "SELECT * FROM crsql_changes"))
        .isEqualTo(lines(other, "SELECT * FROM crsql_changes"));
  }

  @Test
  void staleReader_cannotWriteBehindTheClock() {
    assumeWal(db);
    Database other = connect();
    db.run("BEGIN");
    lines(db, "SELECT * FROM t");
    other.run("INSERT INTO t VALUES(1, 1, 1)");
    assertThat(error(db, "INSERT INTO t VALUES(2, 2, 2)")).contains("locked");
    db.run("ROLLBACK");
    db.run("INSERT INTO t VALUES(2, 2, 2)");
    assertThat(lines(db, "SELECT version FROM crsql_changes")).containsExactly("1", "2", "3", "4");
  }

  @Test
  void seenVersions_areKeptThoughATriggersEntryIsTakenBack() {
    db.run("CREATE TRIGGER n AFTER UPDATE ON t BEGIN SELECT 1; END");
    db.run("SELECT crsql_as_crr('t')");
    db.run(MERGE, "t", 2, "1@3", 1, 10, SITE);
    db.run("BEGIN");
    db.run(MERGE, "t", 1, 1, 1, 1000, SITE);
    db.run(MERGE, "t", 2, 1, 1, 5000, SITE);
    db.run(MERGE, "t", 1, 2, 1, 1001, SITE);
    db.run("COMMIT");
    reopenedClockIs((long) db.value("SELECT crsql_dbversion()"));
  }

  @Test
  void asCrrThatCannotCommit_leavesNoTransactionOpen() {
    db.query("PRAGMA journal_mode = DELETE");
    db.run("CREATE TABLE u(a PRIMARY KEY, b)");
    db.run("INSERT INTO u VALUES(1, 1), (2, 2)");
    Database reader = connect();
    reader.each(
        "SELECT * FROM u",
        row -> {
          if (row.get(0).equals(1L)) {
            assertThat(error(db, "SELECT crsql_as_crr('u')")).contains("locked");
          }
        });
    db.run("BEGIN");
    db.run("COMMIT");
    db.run("SELECT crsql_as_crr('u')");
    assertThat(lines(reader, "SELECT pk FROM crsql_changes")).containsExactly("1", "2");
  }
}
