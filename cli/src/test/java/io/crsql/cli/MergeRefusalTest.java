package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be merged, and the line that says why and what to do. */
class MergeRefusalTest {
  @TempDir Path folder;
  private Path a;
  private Path b;

  @BeforeEach
  void create() throws SQLException {
    a = Sql.run(file("a.db"), "CREATE TABLE t(id PRIMARY KEY, x)", "SELECT crsql_as_crr('t')");
    b = file("b.db");
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void assertRefused(String line) {
    Ran expected = new Ran(1, "", "crsql: " + line + System.lineSeparator());
    assertThat(Ran.crsql("merge", a, b)).isEqualTo(expected);
  }

  @Test
  void noSuchFile() {
    assertRefused(b + ": no such file");
    assertThat(b).doesNotExist();
  }

  @Test
  void folder() throws IOException {
    Files.createDirectory(b);
    assertRefused(b + ": is a folder, not a database");
  }

  @Test
  void notADatabase() throws IOException {
    Files.writeString(b, "some notes\n");
    assertRefused(b + ": not an SQLite database");
  }

  @Test
  void damagedDatabase() throws IOException {
    Files.writeString(
        b,
        "SQLite format 3\0 and then something else, long enough for a header ..."
            + "................................................................................");
    assertRefused(b + ": file is not a database");
  }

  @Test
  void noReplicatedTable() throws SQLException {
    Sql.run(b, "CREATE TABLE t(id PRIMARY KEY, x)");
    assertRefused(b + ": has no replicated table; make one with: crsql as-crr " + b + " TABLE");
  }

  @Test
  void tableMissing() throws SQLException {
    Sql.run(b, "CREATE TABLE other(id PRIMARY KEY)", "SELECT crsql_as_crr('other')");
    assertRefused(
        b
            + ": has no replicated table t, which "
            + a
            + " has; create it and run: crsql as-crr "
            + b
            + " t");
  }

  @Test
  void columnMissing() throws SQLException {
    Sql.run(b, "CREATE TABLE t(id PRIMARY KEY)", "SELECT crsql_as_crr('t')");
    assertRefused(
        b
            + ": table t has no column x, which it has in "
            + a
            + "; add it and run: crsql as-crr "
            + b
            + " t");
  }

  @Test
  void columnOfAnotherType() throws SQLException {
    Sql.run(b, "CREATE TABLE t(id PRIMARY KEY, x integer)", "SELECT crsql_as_crr('t')");
    assertRefused(b + ": column x of table t is INTEGER, but untyped in " + a);
  }

  @Test
  void otherKey() throws SQLException {
    Sql.run(b, "CREATE TABLE t(id, x, PRIMARY KEY(id, x))", "SELECT crsql_as_crr('t')");
    assertRefused(
        b + ": column x of table t is untyped PRIMARY KEY (place 2), but untyped in " + a);
  }

  @Test
  void sameFileTwice() throws IOException {
    Files.createSymbolicLink(b, a);
    assertRefused(a + " and " + b + " are the same file");
  }

  @Test
  void copy() throws IOException {
    Files.copy(a, b);
    assertRefused(
        b
            + ": has the same site id as "
            + a
            + ": one is a copy of the other, and their writes cannot be told apart; open one"
            + " of them with crsql shell and run: SELECT hex(crsql_new_site());");
  }

  @Test
  void rowThatOneFilesTriggerRefuses() throws SQLException {
    Sql.run(
        b,
        "CREATE TABLE t(id PRIMARY KEY, x)",
        "CREATE TRIGGER low BEFORE INSERT ON t WHEN new.x < 0 BEGIN"
            + " SELECT RAISE(ABORT, 'x is below zero'); END",
        "SELECT crsql_as_crr('t')");
    Sql.run(a, "INSERT INTO t VALUES(1, -1)");
    Ran ran = Ran.crsql("merge", a, b);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .hasLineCount(1)
        .startsWith("crsql: the files did not converge: 2 states remain after 8 rounds; ")
        .contains("(SELECT * FROM crsql_held lists the rows that a file's table refuses)");
  }
}
