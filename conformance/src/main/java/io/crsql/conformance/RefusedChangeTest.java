package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code crsql_changes} does not take, in the words that a user reads. */
class RefusedChangeTest extends Scenario {
  private static final Blob SITE = new Blob("AB".repeat(16));
  private static final long LEAP = 1L << 44;
  private static final long MAX = (1L << 53) - 1;

  private final Database db =
      open(
          "CREATE TABLE t(a PRIMARY KEY, b)",
          "CREATE TABLE c(x, y, PRIMARY KEY(x, y))",
          "SELECT crsql_as_crr('t')",
          "SELECT crsql_as_crr('c')");

  private void refused(
      String reason, Object table, Object pk, Object cid, Object val, Object version, Object site) {
    assertThat(error(db, MERGE, table, pk, cid, val, version, site))
        .isEqualTo("crsql_changes: " + reason);
    assertThat(db.value("SELECT crsql_dbversion()")).isEqualTo(0L);
    assertThat(lines(db, "SELECT * FROM crsql_changes")).isEmpty();
  }

  @Test
  void table() {
    String ours =
        " is one of SQLite's or crsql's own tables, which peers cannot change; send changes of"
            + " replicated tables only";
    refused("\"crsql_meta\"" + ours, "crsql_meta", 1, 1, 1, 1, SITE);
    refused("\"t__CRSQL_log\"" + ours, "t__CRSQL_log", 1, 1, 1, 1, SITE);
    refused("\"sqlite_schema\"" + ours, "sqlite_schema", 1, 1, 1, 1, SITE);
    refused("\"table\" must be the name of a table", null, 1, 1, 1, 1, SITE);
    refused("\"table\" must be the name of a table", new Blob("74"), 1, 1, 1, 1, SITE);
  }

  @Test
  void key() {
    refused("table \"t\": pk must not be NULL", "t", null, 1, 1, 1, SITE);
    refused("table \"t\": pk must not be NULL", "t", "NULL", 1, 1, 1, SITE);
    refused(
        "table \"c\": pk must be 2 literals joined by |, such as 'a'|1", "c", 1, -2, 1, 1, SITE);
    refused("table \"c\": pk must be 2 literals joined by |; it is 1", "c", "1", -2, 1, 1, SITE);
    refused(
        "table \"c\": pk must be 2 literals joined by |; it is 1|2|3",
        "c",
        "1|2|3",
        -2,
        1,
        1,
        SITE);
  }

  @Test
  void cid() {
    String where = "table \"t\", row 1: ";
    String kinds = "cid must be a column's number or name, -1 or -2";
    refused(where + kinds, "t", 1, null, 1, 1, SITE);
    refused(where + kinds, "t", 1, 1.0, 1, 1, SITE);
    refused(where + kinds, "t", 1, -3, 1, 1, SITE);
    refused(where + kinds, "t", 1, "", 1, 1, SITE);
    refused(where + kinds, "t", 1, "\"b", 1, 1, SITE);
    refused(where + kinds, "t", 1, 32_767, 1, 1, SITE);
    refused(where + kinds, "t", 1, "32767@3", 1, 9, SITE);
    refused(where + "cid \"A\" is a column of the key, which pk gives", "t", 1, "A", 1, 1, SITE);
  }

  @Test
  void causalLength() {
    String where = "table \"t\", row 1: the causal length ";
    refused(where + "2 must be odd and not above the version 9", "t", 1, "1@2", 1, 9, SITE);
    refused(where + "0 must be odd and not above the version 9", "t", 1, "1@0", 1, 9, SITE);
    refused(where + "11 must be odd and not above the version 9", "t", 1, "b@11", 1, 9, SITE);
    refused(where + "3 must be even and not above the version 9", "t", 1, -1, 3, 9, SITE);
    refused(where + "10 must be even and not above the version 9", "t", 1, -1, 10, 9, SITE);
    refused(where + "-2 must be even and not above the version 9", "t", 1, -1, -2, 9, SITE);
    refused(where + "2 must be even and not above the version 1", "t", 1, -1, null, 1, SITE);
    refused(
        "table \"t\", row 1: val of cid -1 must be the row's causal length",
        "t",
        1,
        -1,
        "2",
        9,
        SITE);
  }

  @Test
  void version() {
    Object[] wrong = {0, -1, LEAP + 1, Long.MAX_VALUE, null, 1.0, "1", "x"};
    for (Object version : wrong) {
      refused(
          "table \"t\", row 1: version must be an integer from 1 to "
              + LEAP
              + ", which is as far ahead of this database's clock as any peer can be; it is "
              + version,
          "t",
          1,
          1,
          1,
          version,
          SITE);
    }
  }

  @Test
  void site() {
    String reason =
        "table \"t\", row 1: site_id must be a blob of 16 bytes, or NULL for this database";
    refused(reason, "t", 1, 1, 1, 1, new Blob(""));
    refused(reason, "t", 1, 1, 1, 1, new Blob("AB".repeat(15)));
    refused(reason, "t", 1, 1, 1, 1, new Blob("AB".repeat(17)));
    refused(reason, "t", 1, 1, 1, 1, "0123456789abcdef");
    refused(reason, "t", 1, 1, 1, 1, 16);
  }

  @Test
  void endOfTheClock_isSaidAndNotPassed() {
    db.run("UPDATE crsql_meta SET value = ?1 WHERE key = 'clock'", MAX - 2);
    db.run("CREATE TABLE forget(what)");
    db.run("INSERT INTO t VALUES(1, 1), (2, 2)");
    assertThat(error(db, MERGE, "t", 1, 1, 1, MAX - 2, SITE)).contains("version must be");
    assertThat(error(db, "INSERT INTO t VALUES(3, 3)"))
        .isEqualTo("crsql: the clock of this database has reached its end, " + MAX);
    assertThat(lines(db, "SELECT a FROM t")).containsExactly("1", "2");
  }

  @Test
  void oneBadRowOfAStatement_undoesTheWholeStatementAndNoMore() {
    db.run("CREATE TABLE in_(t, pk, cid, val, version, site)");
    db.run("INSERT INTO in_ VALUES('t', 1, 1, 1, 7, ?1), ('t', 2, 'a', 1, 8, ?1)", SITE);
    db.run("BEGIN");
    db.run("INSERT INTO t VALUES(9, 9)");
    String all =
        "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id) SELECT * FROM in_";
    assertThat(error(db, all)).contains("is a column of the key");
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("9 9");
    db.run("UPDATE in_ SET cid = 1");
    db.run(all);
    db.run("COMMIT");
    assertThat(lines(db, "SELECT * FROM t ORDER BY a")).containsExactly("1 1", "2 1", "9 9");
    assertThat(lines(db, "SELECT pk, version, site_id FROM crsql_changes ORDER BY pk"))
        .containsExactly("1 7 " + SITE, "2 8 " + SITE, "9 1 null");
  }
}
