package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every format, every journal mode, several connections, and copies. */
class FileTest extends Scenario {
  private static final String T = "CREATE TABLE t(a PRIMARY KEY, b)";
  private static final String CRR = "SELECT crsql_as_crr('t')";
  private static final String KEYS = "SELECT pk FROM crsql_changes ORDER BY version";

  @TempDir Path dir;

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  private Database file(String name, String... statements) {
    Database db = openFile(path(name));
    for (String statement : statements) {
      db.run(statement);
    }
    return db;
  }

  /** Runs statements as a program does that has no crsql. */
  private void withoutCrsql(String name, String... statements) {
    try (Database plain = HOST.openPlain(path(name))) {
      for (String statement : statements) {
        plain.run(statement);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "encoding = 'UTF-16le'",
        "encoding = 'UTF-16be'",
        "page_size = 512",
        "page_size = 65536",
        "auto_vacuum = FULL",
        "auto_vacuum = INCREMENTAL",
        "secure_delete = ON",
        "journal_mode = WAL",
        "journal_mode = DELETE",
        "journal_mode = TRUNCATE",
        "journal_mode = PERSIST",
        "journal_mode = MEMORY",
        "journal_mode = OFF",
        "synchronous = OFF",
        "synchronous = EXTRA",
        "locking_mode = EXCLUSIVE",
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "case_sensitive_like = ON",
        "full_column_names = ON",
        "short_column_names = OFF",
        "empty_result_callbacks = ON",
        "count_changes = ON",
        "reverse_unordered_selects = ON",
        "temp_store = MEMORY",
        "cache_size = 1",
        "cache_spill = OFF",
        "automatic_index = OFF",
        "ignore_check_constraints = ON",
        "legacy_alter_table = ON",
        "mmap_size = 10000000",
        "cell_size_check = ON",
        "writable_schema = OFF"
      })
  void everySetting_givesTheSameChanges(String pragma) {
    String[] schema = {
      T,
      "CREATE TABLE u(k TEXT COLLATE NOCASE, n INTEGER, v, PRIMARY KEY(n, k)) WITHOUT ROWID",
      CRR,
      "SELECT crsql_as_crr('u')"
    };
    Database a = file("a.db", "PRAGMA " + pragma);
    for (String statement : schema) {
      a.run(statement);
    }
    Database b = open(schema);
    for (String statement :
        new String[] {
          "INSERT INTO t VALUES('é😀', X'FF'), ('b', CAST(X'61FE' AS TEXT))",
          "INSERT INTO u VALUES('A', 1, 'ä')",
          "UPDATE u SET k = 'a'",
          "UPDATE t SET b = char(223, 0, 49) WHERE a = 'b'",
          "BEGIN",
          "DELETE FROM t WHERE a = 'b'",
          "INSERT INTO t VALUES(1, 2.5)",
          "SAVEPOINT s",
          "UPDATE t SET b = 4 WHERE a = 1"
        }) {
      a.run(statement);
    }
    if (!pragma.equals("journal_mode = OFF")) {
      a.run("ROLLBACK TO s");
    }
    a.run("COMMIT");
    pull(b, a);
    assertThat(lines(b, "SELECT * FROM t ORDER BY a"))
        .isEqualTo(lines(a, "SELECT * FROM t ORDER BY a"));
    close(a);
    withoutCrsql("a.db", "VACUUM");
    a = file("a.db");
    a.run("INSERT INTO t VALUES('after', 1)");
    pull(b, a);
    assertThat(state(b)).isEqualTo(state(a));
    assertThat(lines(a, "PRAGMA integrity_check")).containsExactly("ok");
    close(a);
    assertThat(state(file("a.db"))).isEqualTo(state(b));
  }

  @Test
  void queryOnly_readsAndWritesNothing() {
    Database db = file("a.db", T, CRR, "INSERT INTO t VALUES(1, 1)", "PRAGMA query_only = ON");
    for (String write :
        new String[] {
          "INSERT INTO t VALUES(2, 2)",
          "SELECT crsql_optimize()",
          "SELECT crsql_as_crr('t2')",
          "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
              + " VALUES('t', 1, 1, 5, 99, zeroblob(16))"
        }) {
      assertThat(error(db, write)).as(write).isNotEmpty();
    }
    assertThat(lines(db, KEYS)).containsExactly("1");
    db.run("PRAGMA query_only = OFF");
    db.run("INSERT INTO t VALUES(2, 2)");
    assertThat(lines(db, "SELECT pk, version FROM crsql_changes")).containsExactly("1 1", "2 2");
  }

  @Test
  void connectionOpenedBeforeAsCrr_isCapturedByItsCachedStatementsOrRefused() {
    Database before = file("a.db", T);
    Database plain = HOST.openPlain(path("a.db"));
    try (plain) {
      String insert = "INSERT INTO t VALUES(?1, 1)";
      before.run(insert, 1);
      plain.run(insert, 2);
      Database other = file("a.db", CRR);
      before.run(insert, 3);
      assertThat(error(plain, insert, 4)).isEqualTo("no such function: crsql_capture");
      other.run("UPDATE t SET b = 2 WHERE a = 3");
      assertThat(lines(before, KEYS)).containsExactly("1", "2", "3");
      assertThat(lines(other, "SELECT a FROM t")).containsExactly("1", "2", "3");
    }
  }

  @Test
  void statementsPreparedBeforeAsCrr_areCapturedInTheSameTransactionToo() {
    Database db = open(T);
    String insert = "INSERT INTO t VALUES(?1, 1)";
    String update = "UPDATE t SET b = b + 1 WHERE a = ?1";
    db.run(insert, 1);
    db.run(update, 1);
    db.run("BEGIN");
    db.run(insert, 2);
    db.run(CRR);
    db.run(insert, 3);
    db.run(update, 2);
    db.run("COMMIT");
    assertThat(lines(db, "SELECT pk, val FROM crsql_changes ORDER BY pk"))
        .containsExactly("1 2", "2 2", "3 1");
  }

  @Test
  void connectionThatReadsWhileAnotherWrites_seesItsSnapshot() {
    Database writer =
        file("a.db", "PRAGMA journal_mode = WAL", T, CRR, "INSERT INTO t VALUES(1, 1)");
    assumeWal(writer);
    Database reader = file("a.db");
    reader.run("BEGIN");
    assertThat(lines(reader, KEYS)).containsExactly("1");
    writer.run("INSERT INTO t VALUES(2, 2)");
    writer.run("SELECT crsql_optimize()");
    assertThat(lines(reader, KEYS)).containsExactly("1");
    reader.run("COMMIT");
    assertThat(lines(reader, KEYS)).containsExactly("1", "2");
  }

  @Test
  void vacuumInto_givesAFileThatGoesOn() {
    Database a = file("a.db", T, CRR, "INSERT INTO t VALUES(1, 1)", "UPDATE t SET b = 2");
    a.run("INSERT INTO t VALUES(2, 2)");
    a.run("DELETE FROM t WHERE a = 2");
    withoutCrsql("a.db", "VACUUM INTO '" + path("copy.db") + "'");
    Database copy = file("copy.db");
    assertThat(state(copy)).isEqualTo(state(a));
    assertThat(lines(copy, "SELECT hex(crsql_siteid())"))
        .isEqualTo(lines(a, "SELECT hex(crsql_siteid())"));
    close(a);
    copy.run("INSERT INTO t VALUES(3, 3)");
    assertThat(lines(copy, "SELECT pk, version FROM crsql_changes ORDER BY version"))
        .containsExactly("1 2", "2 4", "3 5");
  }

  @Test
  void vacuum_keepsKeysAndChanges() {
    Database db = file("a.db", "CREATE TABLE t(a, b)", "CREATE TABLE u(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('u')");
    for (int i = 0; i < 100; i++) {
      db.run("INSERT INTO u VALUES(?1, ?1)", i);
    }
    db.run("DELETE FROM u WHERE a % 3 = 0");
    List<String> before = state(db);
    withoutCrsql("a.db", "VACUUM");
    assertThat(state(db)).isEqualTo(before);
    withoutCrsql("a.db", "PRAGMA page_size = 8192", "VACUUM");
    db.run("UPDATE u SET b = -1 WHERE a = 1");
    assertThat(state(db)).hasSize(before.size());
  }

  @Test
  void transactionOverAnAttachedPlainDatabase_isOne() {
    Database db = file("a.db", T, CRR);
    db.run("ATTACH ?1 AS x", path("x.db"));
    for (String statement :
        new String[] {
          "CREATE TABLE x.p(a, b)",
          "BEGIN",
          "INSERT INTO t VALUES(1, 1)",
          "INSERT INTO x.p SELECT * FROM t",
          "COMMIT",
          "BEGIN",
          "INSERT INTO x.p VALUES(2, 2)",
          "INSERT INTO t SELECT a, b FROM x.p WHERE a = 2",
          "ROLLBACK",
          "INSERT INTO t SELECT 3, count(*) FROM x.p",
          "DETACH x"
        }) {
      db.run(statement);
    }
    assertThat(lines(db, "SELECT * FROM t")).containsExactly("1 1", "3 1");
    assertThat(lines(db, KEYS)).containsExactly("1", "3");
  }

  @Test
  void userVersionAndApplicationId_areTheApplications() {
    Database db = file("a.db", "PRAGMA user_version = 7", "PRAGMA application_id = 5", T, CRR);
    db.run("INSERT INTO t VALUES(1, 1)");
    assertThat(lines(db, "SELECT * FROM pragma_user_version, pragma_application_id"))
        .containsExactly("7 5");
    db.run("PRAGMA user_version = 8");
    db.run("INSERT INTO t VALUES(2, 2)");
    long schema = (long) db.value("PRAGMA schema_version");
    db.run("PRAGMA schema_version = " + (schema + 5));
    db.run("INSERT INTO t VALUES(3, 3)");
    assertThat(lines(db, KEYS)).containsExactly("1", "2", "3");
  }
}
