package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Reading {@code crsql_changes}: seeks, order, the unfolded tail, and writers in the middle of a
 * scan.
 */
class ReadTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c, d)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final Blob SITE = new Blob("AB".repeat(16));

  /** Two tables with local and merged entries, folded and not. */
  private Database mixed() {
    Database db =
        open(T, "CREATE TABLE u(a INTEGER PRIMARY KEY, b)", CRR, "SELECT crsql_as_crr('u')");
    db.run("INSERT INTO t VALUES(1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3)");
    db.run("INSERT INTO u VALUES(1, 1), (2, 2)");
    db.run(MERGE, "t", 1, 2, 9, 40, SITE);
    db.run("UPDATE t SET b = 7 WHERE a < 3");
    db.run("SELECT crsql_optimize()");
    db.run(MERGE, "u", 9, 1, 9, 3, SITE);
    db.run("UPDATE t SET c = 8 WHERE a < 3");
    db.run("DELETE FROM t WHERE a = 3");
    db.run("INSERT INTO t VALUES(3, 33, 33, 33), (4, 4, 4, 4)");
    db.run("DELETE FROM u WHERE a = 2");
    return db;
  }

  private static List<String> filtered(Database db, String where) {
    return lines(
        db,
        "SELECT * FROM (SELECT *, db_version AS at, col AS c, cl AS l FROM crsql_changes LIMIT -1)"
            + " WHERE "
            + where.replace("db_version", "at"));
  }

  @Test
  void keysThatNocaseTakesForEqualBehindANul_areOneRow() {
    Database db = open("CREATE TABLE t(k TEXT COLLATE NOCASE PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(CAST(X'410063' AS TEXT), 1)");
    db.run("INSERT OR REPLACE INTO t VALUES(CAST(X'610062' AS TEXT), 2)");
    assertThat(lines(db, "SELECT pk, val FROM crsql_changes"))
        .containsExactly("CAST(X'610062' AS TEXT) 2");
  }

  @Test
  void everySeek_givesWhatAFilterGives() {
    Database db = mixed();
    for (boolean folded : new boolean[] {false, true}) {
      if (folded) {
        db.run("SELECT crsql_optimize()");
      }
      long clock = (long) db.value("SELECT crsql_dbversion()");
      for (long x = -1; x <= clock + 1; x++) {
        for (String column : new String[] {"version", "db_version"}) {
          for (String op : new String[] {">", ">=", "=", "<", "<=", "IS", "IS NOT"}) {
            String where = column + " " + op + " " + x;
            assertThat(seek(db, where)).as(where).isEqualTo(filtered(db, where));
          }
        }
      }
      for (String where :
          new String[] {
            "\"table\" = 't'",
            "\"table\" = 'T'",
            "\"table\" = 'T' COLLATE NOCASE",
            "\"table\" = 'x'",
            "\"table\" = NULL",
            "site_id IS NULL",
            "site_id IS NOT NULL",
            "site_id = " + SITE,
            "site_id = X'00'",
            "site_id IS " + SITE,
            "site_id IS NOT " + SITE,
            "site_id = crsql_siteid()",
            "\"table\" = 'u' AND site_id = " + SITE + " AND version > 2 AND db_version > 20",
            "version > 'x'",
            "version > 1.5",
            "db_version > 9223372036854775807",
            "db_version >= -9223372036854775808",
            "version > NULL",
            "version IN (1, 2, 30)",
            "rowid > 100"
          }) {
        if (!where.startsWith("rowid")) {
          assertThat(seek(db, where)).as(where).isEqualTo(filtered(db, where));
        }
      }
    }
  }

  private static List<String> seek(Database db, String where) {
    return lines(db, "SELECT *, db_version, col, cl FROM crsql_changes WHERE " + where);
  }

  @Test
  void versionSeek_findsTheLaterCellsOfAnEarlierEntry() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20, 30)");
    assertThat(lines(db, "SELECT version FROM crsql_changes WHERE version > 1"))
        .containsExactly("2", "3");
    assertThat(lines(db, "SELECT version FROM crsql_changes WHERE version = 3"))
        .containsExactly("3");
  }

  @Test
  void rows_comeInArrivalOrderWithoutASorter() {
    Database db = mixed();
    assertThat(lines(db, "SELECT db_version FROM crsql_changes"))
        .isEqualTo(lines(db, "SELECT db_version FROM crsql_changes ORDER BY +db_version"));
    assertThat(
            lines(db, "EXPLAIN QUERY PLAN SELECT * FROM crsql_changes ORDER BY db_version")
                .toString())
        .doesNotContain("TEMP B-TREE");
    assertThat(
            lines(db, "EXPLAIN QUERY PLAN SELECT * FROM crsql_changes ORDER BY db_version DESC")
                .toString())
        .contains("TEMP B-TREE");
  }

  @Test
  void orderByVersion_needsASorterOnlyOnceSomethingWasMerged() {
    String query = "SELECT version, pk FROM crsql_changes WHERE version > 2 ORDER BY version";
    for (Blob site : new Blob[] {SITE, null}) {
      Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1), (2, 2, 2, 2)");
      assertThat(lines(db, "EXPLAIN QUERY PLAN " + query).toString()).doesNotContain("TEMP B-TREE");
      assertThat(lines(db, query)).containsExactly("3 1", "4 2", "5 2", "6 2");
      db.run(MERGE, "t", 9, 1, 1, 40, site);
      db.run(MERGE, "t", 8, 1, 1, 4, site);
      db.run("DELETE FROM t WHERE a = 1");
      // The same prepared statement, planned when nothing had been merged.
      assertThat(lines(db, query))
          .containsExactlyInAnyOrder("4 2", "4 8", "5 2", "6 2", "40 9", "43 1")
          .isSortedAccordingTo(Comparator.comparing(line -> Integer.valueOf(line.split(" ")[0])));
      assertThat(lines(db, query.replace("ORDER", "AND \"table\" = 't' ORDER"))).hasSize(6);
    }
  }

  @Test
  void fold_changesNothingThatIsRead() {
    Database db = mixed();
    List<String> before = seek(db, "1");
    db.run("SELECT crsql_optimize()");
    assertThat(seek(db, "1")).isEqualTo(before);
    db.run("SELECT crsql_optimize()");
    assertThat(seek(db, "1")).isEqualTo(before);
  }

  @Test
  void superseded_entriesAreDroppedByTheFold() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1)");
    for (int i = 0; i < 20; i++) {
      db.run("UPDATE t SET b = " + (i + 100));
    }
    assertThat(db.value("SELECT count(*) FROM t__crsql_log")).isEqualTo(21L);
    db.run("SELECT crsql_optimize()");
    assertThat(db.value("SELECT count(*) FROM t__crsql_log")).isEqualTo(2L);
    db.run("DELETE FROM t");
    db.run("SELECT crsql_optimize()");
    assertThat(lines(db, "SELECT cols FROM t__crsql_log")).containsExactly("0");
  }

  /** Scans the changes, doing something while the scan stands on version 1. */
  private static List<String> scan(Database db, Runnable meanwhile) {
    List<String> seen = new ArrayList<>();
    db.each(
        "SELECT version, val FROM crsql_changes",
        row -> {
          seen.add(row.get(0) + " " + row.get(1));
          if (seen.size() == 1) {
            meanwhile.run();
          }
        });
    return seen;
  }

  @Test
  void scan_showsNoNewValueUnderAnOldVersion() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1), (2, 2, 2, 2), (3, 3, 3, 3)");
    assertThat(scan(db, () -> db.run("UPDATE t SET b = 'new' WHERE a = 2")))
        .containsExactly("1 1", "2 1", "3 1", "5 2", "6 2", "7 3", "8 3", "9 3");
    assertThat(lines(db, "SELECT version, val FROM crsql_changes WHERE pk = 2"))
        .containsExactly("5 2", "6 2", "10 'new'");
  }

  @Test
  void scan_seesWhatAMergeSupersedesMeanwhile() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1), (2, 2, 2, 2)");
    db.run("UPDATE t SET b = 5 WHERE a = 2");
    assertThat(scan(db, () -> db.run(MERGE, "t", 2, 2, "'merged'", 50, SITE)))
        .containsExactly("1 1", "2 1", "3 1", "6 2", "7 5");
    assertThat(lines(db, "SELECT version, val FROM crsql_changes WHERE pk = 2"))
        .containsExactly("6 2", "7 5", "50 'merged'");
  }

  @Test
  void scan_survivesAFoldAndASchemaChangeMeanwhile() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1), (2, 2, 2, 2)");
    db.run("UPDATE t SET b = 5, c = 5");
    List<String> before = lines(db, "SELECT version, val FROM crsql_changes");
    assertThat(scan(db, () -> db.run("SELECT crsql_optimize()"))).isEqualTo(before);
    db.run("UPDATE t SET d = 5");
    before = lines(db, "SELECT version, val FROM crsql_changes");
    assertThat(
            scan(
                db,
                () -> {
                  db.run("CREATE TABLE u(a PRIMARY KEY, b)");
                  db.run("SELECT crsql_as_crr('u')");
                  db.run("INSERT INTO u VALUES(1, 1)");
                }))
        .isEqualTo(before);
  }

  @Test
  void scan_isBoundedByTheClockWhenItBegan() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1)");
    assertThat(scan(db, () -> db.run("INSERT INTO t VALUES(2, 2, 2, 2)")))
        .containsExactly("1 1", "2 1", "3 1");
  }

  @Test
  void readInsideATransaction_seesItsOwnWrites() {
    Database db = open(T, CRR);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(1, 1, 1, 1)");
    assertThat(lines(db, "SELECT version FROM crsql_changes")).containsExactly("1", "2", "3");
    db.run("ROLLBACK");
    assertThat(lines(db, "SELECT version FROM crsql_changes")).isEmpty();
  }

  @Test
  void cursorByArrival_losesNothingOverAnyTopology() {
    Database a = open(T, CRR);
    Database b = open(T, CRR);
    Database c = open(T, CRR);
    Database[] ring = {a, b, c};
    long[] cursor = new long[ring.length];
    for (int i = 0; i < 30; i++) {
      ring[i % 3].run("INSERT OR REPLACE INTO t VALUES(" + i % 5 + ", " + i + ", " + i + ", 0)");
      if (i % 4 == 0) {
        ring[i % 3].run("DELETE FROM t WHERE a = " + i % 3);
      }
      pullByCursor(ring, cursor, (i * 7) % 3);
    }
    for (int i = 0; i < 12; i++) {
      pullByCursor(ring, cursor, i % 3);
    }
    assertThat(state(b)).isEqualTo(state(a));
    assertThat(state(c)).isEqualTo(state(a));
  }

  private static void pullByCursor(Database[] ring, long[] cursor, int to) {
    Database from = ring[(to + 1) % ring.length];
    List<List<Object>> news = changes(from, "db_version > " + cursor[to]);
    Object last = from.value("SELECT max(db_version) FROM crsql_changes");
    merge(ring[to], news);
    cursor[to] = last == null ? 0 : (long) last;
  }

  @Test
  void updateAndDelete_areRefused() {
    Database db = open(T, CRR, "INSERT INTO t VALUES(1, 1, 1, 1)");
    assertThat(error(db, "DELETE FROM crsql_changes"))
        .isEqualTo(
            "crsql_changes: it takes no DELETE; change the table itself, or INSERT a peer's change");
    assertThat(error(db, "UPDATE crsql_changes SET val = 2"))
        .isEqualTo(
            "crsql_changes: it takes no UPDATE; change the table itself, or INSERT a peer's change");
  }

  @Test
  void emptyDatabase_hasNoChanges() {
    Database db = open();
    assertThat(lines(db, "SELECT * FROM crsql_changes")).isEmpty();
    assertThat(lines(db, "SELECT * FROM crsql_changes WHERE site_id = X'00'")).isEmpty();
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(0L);
  }

  @Test
  void manyTables_areMergedInOrder() {
    Database db = open();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      db.run("CREATE TABLE t" + i + "(a INTEGER PRIMARY KEY, b)");
      db.run("SELECT crsql_as_crr('t" + i + "')");
    }
    for (int i = 0; i < 100; i++) {
      int table = (i * 13 + i / 7) % 20;
      db.run("INSERT INTO t" + table + " VALUES(" + i + ", " + i + ")");
      expected.add("t" + table + " " + i + " " + (i + 1));
    }
    assertThat(lines(db, "SELECT \"table\", pk, version FROM crsql_changes")).isEqualTo(expected);
  }
}
