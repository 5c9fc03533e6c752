package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConnection;

class CrsqlDriverTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:crsql:",
        "jdbc:crsql::memory:",
        "JDBC:CRSQL::memory:",
        "jdbc:crsql:file::memory:?cache=shared",
        "jdbc:crsql:file:shared?mode=memory&cache=shared"
      })
  void getConnection_inMemory_hasTheExtension(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(version(connection)).isNotEmpty();
    }
  }

  @Test
  void getConnection_file_isThatFile() throws SQLException {
    Path file = folder.resolve("app.db");
    try (Connection connection = DriverManager.getConnection("jdbc:crsql:" + file)) {
      execute(connection, "CREATE TABLE t(a PRIMARY KEY)");
      execute(connection, "SELECT crsql_as_crr('t')");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:crsql:" + file.toUri())) {
      execute(connection, "INSERT INTO t VALUES(1)");
      assertThat(Replica.of(connection).clock()).isEqualTo(1);
    }
  }

  @Test
  void getConnection_resource_isACopyOfIt() throws SQLException {
    Path file = folder.resolve("source.db");
    try (Connection connection = Crsql.open(file)) {
      execute(connection, "CREATE TABLE found(a PRIMARY KEY)");
    }
    String url = "jdbc:crsql::resource:" + file.toUri();
    try (Connection connection = DriverManager.getConnection(url)) {
      String name = Sql.one(connection, "SELECT name FROM sqlite_schema", row -> row.getString(1));
      assertThat(name).isEqualTo("found");
      assertThat(version(connection)).isNotEmpty();
    }
  }

  @Test
  void getConnection_optionsAndProperties_areBothHeard() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("foreign_keys", "true");
    String url = "jdbc:crsql:" + folder.resolve("app.db") + "?journal_mode=WAL&busy_timeout=66";
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("66");
    }
    assertThat(folder.toFile().list()).contains("app.db").noneMatch(name -> name.contains("?"));
  }

  @Test
  void getConnection_noBusyTimeout_waitsFiveSeconds() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:crsql::memory:")) {
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
    }
  }

  @Test
  void getConnection_busyTimeoutInProperties_isIt() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", "77");
    try (Connection connection = DriverManager.getConnection("jdbc:crsql::memory:", properties)) {
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("77");
    }
  }

  @Test
  void getConnection_isADriversOwn() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:crsql::memory:")) {
      assertThat(connection).isInstanceOf(SQLiteConnection.class);
      assertThatThrownBy(() -> execute(connection, "SELECT load_extension('x')"))
          .hasMessageContaining("not authorized");
    }
  }

  @Test
  void getConnection_missingFolder_fails() {
    String url = "jdbc:crsql:" + folder.resolve("none/app.db");
    assertThatThrownBy(() -> DriverManager.getConnection(url))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("unable to open database file");
  }

  @Test
  void connect_anothersUrl_isNull() throws SQLException {
    assertThat(new CrsqlDriver().connect("jdbc:sqlite::memory:", new Properties())).isNull();
    assertThat(new CrsqlDriver().acceptsURL("jdbc:crsq")).isFalse();
  }

  @Test
  void serviceLoader_findsIt() {
    assertThat(ServiceLoader.load(java.sql.Driver.class))
        .anyMatch(driver -> driver instanceof CrsqlDriver);
  }

  @Test
  void getPropertyInfo_isThatOfTheDriverBelow() throws SQLException {
    assertThat(new CrsqlDriver().getPropertyInfo("jdbc:crsql:", null))
        .anyMatch(property -> property.name.equals("journal_mode"));
  }

  static String version(Connection connection) throws SQLException {
    return Sql.one(connection, "SELECT crsql_version()", row -> row.getString(1));
  }

  static String pragma(Connection connection, String name) throws SQLException {
    return Sql.one(connection, "PRAGMA " + name, row -> row.getString(1));
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
