package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions, causal lengths, sites and numbers made to do harm. */
class HostileStampTest extends HostileScenario {
  @Test
  void causalLengths_areBoundedByTheVersion() {
    long big = 999_999_999_999_999_999L;
    String where = "table \"t\", row 1: the causal length ";
    refused(
        where + big + " must be odd and not above the version 9", "t", 1, "1@" + big, 1, 9, SITE);
    long[] even = {Long.MAX_VALUE - 1, Long.MIN_VALUE, MAX + 1, 10};
    for (long life : even) {
      refused(
          where + life + " must be even and not above the version 9", "t", 1, -1, life, 9, SITE);
    }
    long[] odd = {Long.MAX_VALUE, Long.MIN_VALUE + 1, MAX, 11, -1};
    for (long life : odd) {
      refused(
          "table \"c\", row 1|1: the causal length "
              + life
              + " must be odd and not above the version 9",
          "c",
          "1|1",
          -2,
          life,
          9,
          SITE);
    }
    for (Object life : new Object[] {null, 1.0, "'1'", "1", "x", new Blob("01")}) {
      refused(
          "table \"c\", row 1|1: val of cid -2 must be the row's causal length",
          "c",
          "1|1",
          -2,
          life,
          9,
          SITE);
    }
  }

  @Test
  void greatestLives_canStillBeEndedAndBegunAgain() {
    long life = LEAP - 1;
    db.run(MERGE, "t", 5, "1@" + life, 50, LEAP, SITE);
    db.run("DELETE FROM t WHERE a = 5");
    db.run("INSERT INTO t VALUES(5, 51)");
    assertThat(lines(db, "SELECT cid, val, cl FROM crsql_changes WHERE pk = 5"))
        .containsExactly("1@" + (LEAP + 1) + " 51 " + (LEAP + 1));
    db.run(MERGE, "t", 5, "1@" + (life + 4), 52, LEAP + 9, SITE);
    assertThat(lines(db, "SELECT b FROM t WHERE a = 5")).containsExactly("52");
  }

  @Test
  void versions_areBoundedByTheClock() {
    Object[] wrong = {
      Long.MIN_VALUE, LEAP + 2, MAX, 1e300, Double.NaN, "1e3", "9", new Blob("09"), "x".repeat(200)
    };
    for (Object version : wrong) {
      String shown =
          version instanceof String text && text.length() > 100
              ? "x".repeat(100) + "..."
              : shown(version);
      refused(
          "table \"t\", row 1: version must be an integer from 1 to "
              + (LEAP + 1)
              + ", which is as far ahead of this database's clock as any peer can be; it is "
              + shown,
          "t",
          1,
          1,
          1,
          version,
          SITE);
    }
  }

  private static String shown(Object version) {
    if (version instanceof Blob blob) {
      return "\u2409";
    }
    return version.equals(Double.NaN) ? "null" : version.toString().replace("E", "e+");
  }

  @Test
  void clockThatPeersDroveToTheBound_leavesOwnWritesTheirVersions() {
    long version = 1;
    while (version < MAX - LEAP) {
      version = Math.min(version + LEAP, MAX - LEAP);
      db.run(MERGE, "t", 2, 1, 1, version, SITE);
    }
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(MAX - LEAP + 1);
    refused(
        "table \"t\", row 2: version must be an integer from 1 to "
            + (MAX - LEAP)
            + ", which is as far ahead of this database's clock as any peer can be; it is "
            + (MAX - LEAP + 1),
        "t",
        2,
        1,
        1,
        MAX - LEAP + 1,
        SITE);
    db.run("UPDATE t SET b = 'mine' WHERE a = 2");
    assertThat(lines(db, "SELECT val, version FROM crsql_changes WHERE pk = 2"))
        .containsExactly("'mine' " + (MAX - LEAP + 2));
  }

  @Test
  void forgedOwnWrites_doNotStandInTheWayOfNewOnes() {
    Blob own = (Blob) db.value("SELECT crsql_siteid()");
    db.run(MERGE, "t", 1, 1, "'forged'", 100, own);
    db.run(MERGE, "t", 2, 1, "'forged'", 101, null);
    db.run(MERGE, "t", 3, -1, 2, 102, own);
    db.run("UPDATE t SET b = 'true'");
    db.run("INSERT INTO t VALUES(3, 'true')");
    assertThat(lines(db, "SELECT * FROM t ORDER BY a"))
        .containsExactly("1 true", "2 true", "3 true");
    assertThat(db.value("SELECT min(version) > 102 FROM crsql_changes")).isEqualTo(1L);
  }

  @Test
  void hiddenColumns_areCheckedWhereTheyCount() {
    String insert =
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, col, cl, db_version)"
            + " VALUES('t', 1, ?1, 1, 9, ?2, ?3, ?4, ?5)";
    String where = "table \"t\", row 1: ";
    for (Object cl : new Object[] {1.0, "1", "x", new Blob("01")}) {
      refusedStatement(
          where + "cl must be the row's causal length, an integer", insert, null, SITE, "b", cl, 1);
    }
    for (long cl : new long[] {0, 2, -1, 11, Long.MIN_VALUE, Long.MAX_VALUE}) {
      refusedStatement(
          where + "the causal length " + cl + " must be odd and not above the version 9",
          insert,
          null,
          SITE,
          "b",
          cl,
          1);
    }
    for (Object col : new Object[] {null, 1, 1.0, new Blob("62")}) {
      refusedStatement(
          where + "cid must be a column's number or name, -1 or -2", insert, null, SITE, col, 1, 1);
    }
    for (Object ignored : new Object[] {null, 1.0, "x", new Blob("00"), Long.MIN_VALUE}) {
      db.run(insert, 1, SITE, ignored, ignored, ignored);
    }
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1");
  }

  @Test
  void conflictClauses_neitherHideARefusalNorEndTheTransaction() {
    for (String clause : new String[] {"IGNORE", "REPLACE", "FAIL", "ABORT", "ROLLBACK"}) {
      refusedStatement(
          "table \"t\", row 1: the causal length 2 must be odd and not above the version 9",
          "INSERT OR "
              + clause
              + " INTO crsql_changes(rowid, \"table\", pk, cid, val, version, site_id)"
              + " VALUES(?1, 't', 1, ?2, 1, 9, ?3), (?1, 't', 8, 1, 1, 8, ?3)",
          -1,
          "1@2",
          SITE);
    }
  }

  @Test
  void conflictClausesOfTheTable_doNotEndTheCallersTransaction() {
    String[] table = {
      "CREATE TABLE k(a PRIMARY KEY ON CONFLICT ROLLBACK, b NOT NULL ON CONFLICT ROLLBACK DEFAULT 7,"
          + " c NOT NULL ON CONFLICT IGNORE DEFAULT 7, d NOT NULL ON CONFLICT REPLACE DEFAULT 7,"
          + " e CHECK(e < 9))",
      "SELECT crsql_as_crr('k')"
    };
    Database peer = open(table);
    for (String statement : table) {
      db.run(statement);
    }
    List<List<Object>> changes = new ArrayList<>();
    long version = 20;
    for (int row = 1; row < 5; row++) {
      changes.add(Arrays.asList("k", row, row, row < 4 ? null : 9, version++, SITE));
      changes.add(Arrays.asList("k", row, 5 - row, 1, version++, SITE));
      changes.add(Arrays.asList("k", (double) row, 4, 8, version++, SITE));
    }
    db.run("BEGIN");
    db.run("INSERT INTO plain VALUES('caller', 1)");
    merge(db, changes);
    db.run("DELETE FROM plain WHERE p = 'caller'");
    db.run("COMMIT");
    Collections.reverse(changes);
    merge(peer, changes);
    assertThat(lines(peer, "SELECT * FROM k ORDER BY a"))
        .isEqualTo(lines(db, "SELECT * FROM k ORDER BY a"));
    assertThat(lines(peer, "SELECT pk FROM crsql_held ORDER BY pk"))
        .isEqualTo(lines(db, "SELECT pk FROM crsql_held ORDER BY pk"));
  }

  @Test
  void changesThatFeedOnThemselves_end() {
    String again =
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
            + " SELECT \"table\", pk, cid, val, version + 1, ?1 FROM crsql_changes";
    db.run("INSERT INTO t VALUES(2, 2), (3, 3)");
    for (int i = 0; i < 3; i++) {
      db.run(again, SITE);
    }
    assertThat(lines(db, "SELECT count(*) FROM crsql_changes")).containsExactly("3");
  }

  @Test
  void valuesAtTheEdges_areStoredAsTheyAre() {
    Object[] values = {
      Long.MIN_VALUE,
      Long.MAX_VALUE,
      -0.0,
      Double.MIN_VALUE,
      -Double.MIN_NORMAL,
      Double.MAX_VALUE,
      "9223372036854775808",
      "-9223372036854775809",
      "9e999",
      "-9e999",
      "0x0.0000000000001p-1022",
      "-0x1.fffffffffffffp1023",
      "''",
      "X''",
      "CAST(X'' AS TEXT)",
      "CAST(X'00' AS TEXT)",
      "CAST(X'EDA080' AS TEXT)",
      "CAST(X'EDA08027EDB080FF' AS TEXT)",
      "CAST(X'F4908080C0AF' AS TEXT)",
    };
    for (int i = 0; i < values.length; i++) {
      db.run(MERGE, "t", values[i], 1, values[i], 20 + i, SITE);
    }
    String raw =
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
            + " VALUES('t', CAST(X'27FF27' AS TEXT), 1, CAST(X'27C32728' || X'27' AS TEXT), 50, ?1)";
    assertThat(error(db, raw, SITE)).contains("val must be a literal, text in quotes");
    db.run(raw.replace("X'27C32728' || X'27'", "X'27EDA08027'"), SITE);
    assertThat(lines(db, "SELECT hex(a), hex(b) FROM t WHERE a = CAST(X'FF' AS TEXT)"))
        .containsExactly("FF EDA080");
    Database peer = open(SCHEMA);
    sync(db, peer);
    assertThat(state(peer)).isEqualTo(state(db));
    String rows = "SELECT typeof(a), quote(a), typeof(b), quote(b) FROM t ORDER BY a, b";
    assertThat(lines(peer, rows)).isEqualTo(lines(db, rows));
  }
}
