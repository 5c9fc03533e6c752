package io.crsql.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that come and go under a schema's name, and copies of one file side by side. */
class AttachedFilesTest extends Scenario {
  private static final String COPIED =
      "crsql: the replicated tables \"main\".\"t\" and \"copy\".\"t\" cannot be told apart, because"
          + " one database is a copy of the other; detach one, or call crsql_new_site('copy')";

  @TempDir Path dir;

  private String path(String name) {
    return dir.resolve(name).toString();
  }

  /** A closed file with a replicated table that has the one row 1, b. */
  private void file(String name, long b) {
    Database db = openFile(path(name));
    db.run("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("INSERT INTO t VALUES(1, ?1)", b);
    close(db);
  }

  private void copy(String from, String to) throws IOException {
    Files.copy(dir.resolve(from), dir.resolve(to));
  }

  private static List<String> cells(Database db, String schema) {
    return lines(db, "SELECT pk, cid, val, version FROM crsql_changes WHERE schema = ?1", schema);
  }

  @Test
  void detach_isNotHeldUp() {
    file("aux.db", 1);
    Database db = openFile(path("main.db"));
    db.run("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    for (String use :
        List.of(
            "INSERT INTO main.t SELECT a, b FROM aux.t",
            "SELECT crsql_siteid('aux')",
            "SELECT crsql_nextdbversion('aux')",
            "SELECT crsql_as_crr('aux', 't')",
            "SELECT crsql_optimize()",
            "SELECT * FROM crsql_changes WHERE schema = 'aux'",
            "SELECT * FROM crsql_changes WHERE schema = 'aux' LIMIT 1",
            "UPDATE aux.t SET b = b + 1",
            "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, schema)"
                + " VALUES('t', 2, 1, 'NULL', 9, randomblob(16), 'aux')")) {
      db.run("ATTACH '" + path("aux.db") + "' AS aux");
      db.run(use);
      db.run("DETACH aux");
    }
    assertThat(error(db, "SELECT crsql_siteid('aux')"))
        .isEqualTo("crsql_siteid: there is no database \"aux\"; attach it first");
    assertThat(error(db, "SELECT * FROM crsql_changes WHERE schema = 'aux'"))
        .isEqualTo("crsql_changes: there is no database \"aux\"; attach it first");
    db.run("UPDATE t SET b = 5");
    assertThat(lines(db, "SELECT pk, val FROM crsql_changes")).containsExactly("1 5");
  }

  @Test
  void anotherFileUnderTheName_isNotTakenForTheFirst() {
    file("one.db", 1);
    file("two.db", 2);
    Database db = openFile(path("main.db"));
    Database two = openFile(path("two.db"));
    two.run("UPDATE t SET b = 20");
    Object site = two.value("SELECT crsql_siteid()");
    close(two);
    db.run("ATTACH '" + path("one.db") + "' AS aux");
    for (int i = 0; i < 7; i++) {
      db.run("UPDATE aux.t SET b = b + 1");
    }
    db.run("DETACH aux");
    db.run("ATTACH '" + path("two.db") + "' AS aux");
    assertThat(db.value("SELECT crsql_dbversion('aux')")).isEqualTo(2L);
    assertThat(db.value("SELECT crsql_siteid('aux')")).isEqualTo(site);
    assertThat(cells(db, "aux")).containsExactly("1 1 20 2");
    db.run("UPDATE aux.t SET b = 21");
    assertThat(cells(db, "aux")).containsExactly("1 1 21 3");
    db.run("DETACH aux");
    db.run("ATTACH '" + path("one.db") + "' AS aux");
    db.run("UPDATE aux.t SET b = 9");
    assertThat(cells(db, "aux")).containsExactly("1 1 9 9");
  }

  @Test
  void anotherFileUnderTheName_withAnotherShape_isWrittenByIts() throws IOException {
    file("one.db", 1);
    copy("one.db", "two.db");
    for (String file : List.of("one.db", "two.db")) {
      Database db = openFile(path(file));
      db.run("ALTER TABLE t ADD COLUMN " + (file.equals("one.db") ? "c" : "d"));
      db.run("SELECT crsql_as_crr('t')");
      close(db);
    }
    Database db = openFile(":memory:");
    db.run("ATTACH '" + path("one.db") + "' AS aux");
    Object version = db.value("PRAGMA aux.schema_version");
    db.run("UPDATE aux.t SET c = 7");
    db.run("DETACH aux");
    db.run("ATTACH '" + path("two.db") + "' AS aux");
    assertThat(db.value("PRAGMA aux.schema_version")).as("a coincidence").isEqualTo(version);
    db.run("UPDATE aux.t SET d = 8");
    assertThat(lines(db, "SELECT col, val FROM crsql_changes WHERE schema = 'aux'"))
        .containsExactly("b 1", "d 8");
  }

  @Test
  void theSameFile_writtenByOthersWhileItWasDetached_isReadAnew() {
    file("aux.db", 1);
    Database db = openFile(":memory:");
    db.run("ATTACH '" + path("aux.db") + "' AS aux");
    db.run("UPDATE aux.t SET b = 2");
    Object data = db.value("PRAGMA aux.data_version");
    db.run("DETACH aux");
    Database other = openFile(path("aux.db"));
    for (int i = 0; i < 5; i++) {
      other.run("INSERT INTO t VALUES(?1, 'other')", 2 + i);
    }
    db.run("ATTACH '" + path("aux.db") + "' AS aux");
    assertThat(db.value("PRAGMA aux.data_version")).as("a coincidence").isEqualTo(data);
    db.run("UPDATE aux.t SET b = 3 WHERE a = 1");
    assertThat(other.value("SELECT version FROM crsql_changes WHERE pk = 1")).isEqualTo(8L);
  }

  @Test
  void whatExpiresStatements_leavesTheScanOfAnAttachedDatabaseAlone() {
    file("aux.db", 1);
    Database db = openFile(":memory:");
    db.run("ATTACH '" + path("aux.db") + "' AS aux");
    db.run("INSERT INTO aux.t VALUES(2, 2), (3, 3)");
    List<Object> seen = new ArrayList<>();
    db.each(
        "SELECT val FROM crsql_changes WHERE schema = 'aux'",
        row -> {
          seen.add(row.get(0));
          db.run("CREATE TEMP TABLE x" + seen.size() + "(a)");
          db.value("SELECT crsql_dbversion('aux')");
        });
    assertThat(seen).containsExactly(1L, 2L, 3L);
  }

  @Test
  void databasesInMemory_underOneName_areNotTakenForEachOther() {
    Database db = openFile(":memory:");
    for (int i = 1; i <= 2; i++) {
      db.run("ATTACH ':memory:' AS aux");
      db.run("CREATE TABLE aux.t(a PRIMARY KEY, b)");
      db.run("SELECT crsql_as_crr('aux', 't')");
      db.run("INSERT INTO aux.t VALUES(?1, 0)", i);
      assertThat(cells(db, "aux")).containsExactly(i + " 1 0 1");
      db.run("DETACH aux");
    }
    db.run("ATTACH ':memory:' AS aux");
    assertThat(cells(db, "aux")).isEmpty();
    assertThat(db.value("SELECT crsql_dbversion('aux')")).isEqualTo(0L);
  }

  @Test
  void detachInATransaction_ofADatabaseThatItHasNotTouched_isFollowed() {
    file("one.db", 1);
    file("two.db", 2);
    Database db = openFile(path("main.db"));
    db.run("CREATE TABLE t(a PRIMARY KEY, b)");
    db.run("SELECT crsql_as_crr('t')");
    db.run("ATTACH '" + path("one.db") + "' AS aux");
    db.run("UPDATE aux.t SET b = 3");
    db.run("BEGIN");
    db.run("INSERT INTO main.t VALUES(1, 1)");
    db.run("DETACH aux");
    db.run("ATTACH '" + path("two.db") + "' AS aux");
    db.run("UPDATE aux.t SET b = 4");
    assertThat(error(db, "DETACH aux")).contains("database aux is locked");
    db.run("COMMIT");
    assertThat(cells(db, "aux")).containsExactly("1 1 4 2");
  }

  @Test
  void writeToACopyAttachedBeside_isRefused() throws IOException {
    file("main.db", 1);
    copy("main.db", "copy.db");
    Database db = openFile(path("main.db"));
    db.run("ATTACH '" + path("copy.db") + "' AS copy");
    assertThat(error(db, "UPDATE copy.t SET b = 2")).isEqualTo(COPIED);
    assertThat(error(db, "DELETE FROM copy.t")).isEqualTo(COPIED);
    assertThat(error(db, "INSERT INTO copy.t VALUES(2, 2)")).isEqualTo(COPIED);
    assertThat(cells(db, "copy")).containsExactly("1 1 1 1");
    db.run("SELECT crsql_new_site('copy')");
    db.run("UPDATE copy.t SET b = 5");
    assertThat(cells(db, "copy")).containsExactly("1 1 5 2");
    db.run("UPDATE t SET b = 2");
    assertThat(cells(db, "main")).containsExactly("1 1 2 2");
  }

  @Test
  void writeBesideAnUnwrittenCopy_isCaptured() throws IOException {
    file("main.db", 1);
    copy("main.db", "copy.db");
    Database db = openFile(path("main.db"));
    db.run("ATTACH '" + path("copy.db") + "' AS copy");
    db.run("UPDATE main.t SET b = 2");
    assertThat(cells(db, "main")).containsExactly("1 1 2 2");
    assertThat(cells(db, "copy")).containsExactly("1 1 1 1");
  }

  @Test
  void writeToACopy_afterOneToTheOriginal_isRefusedInTheSameTransaction() throws IOException {
    file("main.db", 1);
    copy("main.db", "copy.db");
    Database db = openFile(path("main.db"));
    db.run("BEGIN");
    db.run("UPDATE main.t SET b = 2");
    db.run("ATTACH '" + path("copy.db") + "' AS copy");
    db.run("UPDATE main.t SET b = 3");
    assertThat(error(db, "UPDATE copy.t SET b = 4")).isEqualTo(COPIED);
    assertThat(error(db, "UPDATE main.t SET b = 5")).isEqualTo(COPIED);
    db.run("COMMIT");
    assertThat(cells(db, "main")).containsExactly("1 1 3 3");
    assertThat(cells(db, "copy")).containsExactly("1 1 1 1");
  }

  @Test
  void twoCopiesAttached_areRefusedByTheirNames() throws IOException {
    file("one.db", 1);
    copy("one.db", "two.db");
    Database db = openFile(path("main.db"));
    db.run("ATTACH '" + path("one.db") + "' AS one");
    db.run("ATTACH '" + path("two.db") + "' AS two");
    db.run("UPDATE one.t SET b = 2");
    db.run("UPDATE two.t SET b = 3");
    assertThat(cells(db, "one")).containsExactly("1 1 2 2");
    assertThat(cells(db, "two")).containsExactly("1 1 3 2");
    db.run("BEGIN");
    db.run("UPDATE one.t SET b = 4");
    assertThat(error(db, "UPDATE two.t SET b = 5"))
        .isEqualTo(
            "crsql: the replicated tables \"one\".\"t\" and \"two\".\"t\" cannot be told apart,"
                + " because one database is a copy of the other; detach one, or call"
                + " crsql_new_site('two')");
    db.run("ROLLBACK");
    assertThat(cells(db, "one")).containsExactly("1 1 2 2");
  }

  @Test
  void connection_closesWithDatabasesAttached() {
    file("aux.db", 1);
    Database db = openFile(path("main.db"));
    db.run("ATTACH '" + path("aux.db") + "' AS aux");
    db.run("UPDATE aux.t SET b = 2");
    db.run("SELECT * FROM crsql_changes WHERE schema = 'aux'");
    close(db);
  }
}
