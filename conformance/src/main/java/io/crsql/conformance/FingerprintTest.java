package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** crsql_fingerprint: equal if, and only if, two databases have converged. */
class FingerprintTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b, c)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final Blob SITE = new Blob("5A".repeat(16));

  @TempDir Path dir;

  private static String fingerprint(Database db) {
    return (String) db.value("SELECT crsql_fingerprint()");
  }

  @Test
  void convergedDatabases_haveOneFingerprint() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20), (2, 'x', X'00')");
    Database b = open(T, CRR, "INSERT INTO t VALUES(1, 11, 21)", "DELETE FROM t");
    Database c = open(T, CRR, "INSERT INTO t VALUES(3, 1.5, NULL)");
    assertThat(fingerprint(a)).isNotEqualTo(fingerprint(b)).matches("[0-9A-F]{32}");
    sync(a, b, c);
    assertThat(fingerprint(a)).isEqualTo(fingerprint(b)).isEqualTo(fingerprint(c));
  }

  @Test
  void specification_givesTheHash() {
    Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR);
    db.run(MERGE, "t", 1, 1, "'v'", 7, SITE);
    assertThat(fingerprint(db)).isEqualTo("3988D129EB10C11776F041D5ED9B842B");
  }

  @Test
  void values_areToldApartByStorageClassAndBytes() {
    Set<String> seen = new HashSet<>();
    for (String value :
        List.of("1", "1.0", "'1'", "X'31'", "'1.0'", "NULL", "''", "X''", "0.0", "-0.0")) {
      Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR);
      db.run(MERGE, "t", 1, 1, value, 8, SITE);
      assertThat(seen.add(fingerprint(db))).as(value).isTrue();
    }
  }

  @Test
  void metadata_countsWhereTheRowsAreEqual() {
    Set<String> seen = new HashSet<>();
    for (Object[] change :
        new Object[][] {
          {"t", 1, 1, 5, 7, SITE},
          {"t", 1, 1, 5, 8, SITE},
          {"t", 1, 1, 5, 7, new Blob("5B".repeat(16))},
          {"t", 1, "1@3", 5, 7, SITE},
          {"t", 1, -1, 2, 7, SITE},
          {"t", 1, -1, 4, 7, SITE}
        }) {
      Database db = open("CREATE TABLE t(a PRIMARY KEY, b)", CRR);
      db.run(MERGE, change);
      assertThat(seen.add(fingerprint(db))).as("%s", change[2]).isTrue();
    }
  }

  @Test
  void rowWrittenPastTheCapture_counts() {
    Database a = open(T, CRR, "INSERT INTO t VALUES(1, 10, 20)");
    Database b = open(T, CRR);
    pull(b, a);
    assertThat(fingerprint(b)).isEqualTo(fingerprint(a));
    b.run("DROP TRIGGER t__crsql_update");
    b.run("UPDATE t SET b = 10");
    assertThat(fingerprint(b)).isEqualTo(fingerprint(a));
    b.run("UPDATE t SET b = 11");
    assertThat(fingerprint(b)).isNotEqualTo(fingerprint(a));
  }

  @Test
  void orderOfColumnsCaseOfNamesAndFolds_doNotMatter() {
    Database a = open("CREATE TABLE t(a PRIMARY KEY, b, c)", CRR);
    Database b = open("CREATE TABLE T(C, B, a PRIMARY KEY)", "SELECT crsql_as_crr('T')");
    a.run("INSERT INTO t VALUES(1, 10, 20)");
    for (List<Object> change :
        a.query("SELECT pk, col, val, version, crsql_siteid() FROM crsql_changes")) {
      b.run(
          "INSERT INTO crsql_changes(\"table\", pk, col, val, version, site_id)"
              + " VALUES('t', ?1, ?2, ?3, ?4, ?5)",
          change.toArray());
    }
    assertThat(fingerprint(b)).isEqualTo(fingerprint(a));
    String before = fingerprint(a);
    a.run("SELECT crsql_optimize()");
    assertThat(fingerprint(a)).isEqualTo(before);
  }

  @Test
  void oneTable_isLookedAtAlone() {
    Database a = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)", "SELECT crsql_as_crr('u')");
    Database b = open(T, CRR, "CREATE TABLE u(a PRIMARY KEY, b)", "SELECT crsql_as_crr('u')");
    a.run("INSERT INTO t VALUES(1, 1, 1)");
    pull(b, a);
    a.run("INSERT INTO u VALUES(1, 1)");
    assertThat(fingerprint(a)).isNotEqualTo(fingerprint(b));
    assertThat(a.value("SELECT crsql_fingerprint('T')"))
        .isEqualTo(b.value("SELECT crsql_fingerprint('t')"));
    assertThat(a.value("SELECT crsql_fingerprint('u')"))
        .isNotEqualTo(b.value("SELECT crsql_fingerprint('u')"));
  }

  @Test
  void unknownTable_isAnError() {
    Database db = open(T);
    assertThat(error(db, "SELECT crsql_fingerprint('t')"))
        .isEqualTo("crsql_fingerprint: \"t\" is not a replicated table; name one, or none for all");
    assertThat(error(db, "SELECT crsql_fingerprint(1)"))
        .isEqualTo(
            "crsql_fingerprint: it takes the name of a replicated table, as text, or nothing");
  }

  @Test
  void databaseWithoutReplicatedTables_isNotWritten() {
    Database db = open(T);
    assertThat(fingerprint(db)).isEqualTo("0".repeat(32));
    assertThat(lines(db, "SELECT name FROM sqlite_schema WHERE name LIKE 'crsql%'")).isEmpty();
  }

  @Test
  void readOnlyDatabase_hasItsFingerprint() {
    String path = dir.resolve("f.db").toString();
    Database db = openFile(path);
    db.run(T);
    db.run(CRR);
    db.run("INSERT INTO t VALUES(1, 10, 20)");
    String expected = fingerprint(db);
    close(db);
    assertThat(fingerprint(openFile("file:" + path + "?mode=ro"))).isEqualTo(expected);
    Database guarded = openFile(path);
    guarded.run("PRAGMA query_only = 1");
    assertThat(fingerprint(guarded)).isEqualTo(expected);
  }
}
