package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsCrrCommandTest {
  @TempDir Path folder;

  @Test
  void asCrr_tablesWithRows_countsTheirChanges() throws SQLException {
    Path file =
        Sql.run(
            folder.resolve("app.db"),
            "CREATE TABLE todo(id PRIMARY KEY, what, done)",
            "CREATE TABLE \"odd \"\"name\"(id PRIMARY KEY)",
            "INSERT INTO todo VALUES(1, 'read', 0)");
    Ran ran = Ran.crsql("as-crr", file, "todo", "odd \"name");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out().lines())
        .containsExactly(
            file + ": todo is replicated, 2 changes",
            file + ": odd \"name is replicated, 0 changes");
  }

  @Test
  void asCrr_again_changesNothing() throws SQLException {
    Path file = Sql.run(folder.resolve("app.db"), "CREATE TABLE todo(id PRIMARY KEY, what)");
    Ran first = Ran.crsql("as-crr", file, "todo");
    assertThat(Ran.crsql("as-crr", file, "todo")).isEqualTo(first);
  }

  @Test
  void asCrr_oneTableUnfit_replicatesNone() throws SQLException {
    Path file = Sql.run(folder.resolve("app.db"), "CREATE TABLE todo(id PRIMARY KEY, what)");
    Ran ran = Ran.crsql("as-crr", file, "todo", "nope");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "crsql: " + file + ": crsql_as_crr: there is no table \"nope\"; create it first");
    assertThat(Sql.rows(file, "SELECT name FROM sqlite_schema WHERE name LIKE '%crsql%'"))
        .isEmpty();
  }
}
