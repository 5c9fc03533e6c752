package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrsqlTest {
  @TempDir Path folder;

  @Test
  void open_tableMadeReplicated_showsItsChanges() throws SQLException {
    try (Connection connection = Crsql.open(folder.resolve("app.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE todo(id PRIMARY KEY, what)");
      statement.execute("SELECT crsql_as_crr('todo')");
      statement.execute("INSERT INTO todo VALUES(1, 'read')");
      try (ResultSet changes = statement.executeQuery("SELECT * FROM crsql_changes")) {
        assertThat(changes.next()).isTrue();
        assertThat(changes.getString("val")).isEqualTo("'read'");
      }
    }
  }

  @Test
  void open_nameWithCharactersOfAUrl_isTheFilesName() throws SQLException {
    Path file = folder.resolve("a?b=c#d %20é.db");
    try (Connection connection = Crsql.open(file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a PRIMARY KEY)");
    }
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void open_missingFolder_fails() {
    assertThatThrownBy(() -> Crsql.open(folder.resolve("none/app.db")))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("unable to open database file");
  }

  @Test
  void install_connectionThatAllowsNoExtensions_allowsNoneAfterwards() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      Crsql.install(connection);
      try (ResultSet version = statement.executeQuery("SELECT crsql_version()")) {
        assertThat(version.getString(1)).isNotEmpty();
      }
      assertThatThrownBy(() -> statement.execute("SELECT load_extension('x')"))
          .hasMessageContaining("not authorized");
    }
  }

  @Test
  void install_connectionThatAllowsExtensions_stillAllowsThem() throws SQLException {
    String url = "jdbc:sqlite::memory:?enable_load_extension=true";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      Crsql.install(connection);
      assertThatThrownBy(() -> statement.execute("SELECT load_extension('/no/such/file')"))
          .hasMessageNotContaining("not authorized");
    }
  }
}
