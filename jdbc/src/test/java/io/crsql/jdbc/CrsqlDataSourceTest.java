package io.crsql.jdbc;

import static io.crsql.jdbc.CrsqlDriverTest.pragma;
import static io.crsql.jdbc.CrsqlDriverTest.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class CrsqlDataSourceTest {
  @TempDir Path folder;

  @Test
  void getConnection_url_isThatDatabaseWithItsOptions() throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + folder.resolve("app.db") + "?foreign_keys=true");
    source.setJournalMode("WAL");
    try (Connection connection = source.getConnection()) {
      assertThat(version(connection)).isNotEmpty();
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
    }
    assertThat(folder.resolve("app.db")).isNotEmptyFile();
  }

  @Test
  void getConnection_busyTimeoutInTheUrl_holdsUnlessItIsSet() throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + folder.resolve("app.db") + "?cache=private&Busy_timeout=66");
    try (Connection connection = source.getConnection()) {
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("66");
    }
    source.setBusyTimeout(77);
    try (Connection connection = source.getConnection()) {
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("77");
    }
  }

  @Test
  void getConnection_sqlitesUrlAndUser_hasTheExtension() throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:sqlite::memory:");
    try (Connection connection = source.getConnection("somebody", "secret")) {
      assertThat(version(connection)).isNotEmpty();
    }
  }

  @Test
  void getConnection_noUrl_isInMemory() throws SQLException {
    try (Connection connection = new CrsqlDataSource().getConnection()) {
      assertThat(version(connection)).isNotEmpty();
    }
  }

  @Test
  void getConnection_config_isTakenAsItIs() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(77);
    try (Connection connection = new CrsqlDataSource(config).getConnection()) {
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("77");
    }
  }

  @Test
  void getConnection_anothersUrl_fails() {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:other:app.db");
    assertThatThrownBy(source::getConnection)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("jdbc:other:app.db");
  }
}
