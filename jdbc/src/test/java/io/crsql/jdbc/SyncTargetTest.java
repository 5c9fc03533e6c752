package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTargetTest {
  private static final String URL = "jdbc:sqlite:app.db";

  @TempDir Path dir;

  private static SyncTarget take(String url) throws SQLException {
    return SyncTarget.take(url, new Properties());
  }

  @Test
  void urlWithoutTheOptions_staysAsItIs() throws SQLException {
    for (String url : new String[] {URL, URL + "?journal_mode=WAL&cache=shared"}) {
      assertThat(take(url)).isEqualTo(new SyncTarget(url, null, ""));
    }
  }

  @Test
  void options_areTakenOutOfTheUrl() throws SQLException {
    SyncTarget target =
        take(URL + "?sync=wss://hub.example/db/app&journal_mode=WAL&SYNC_TOKEN=a%26b");
    assertThat(target)
        .isEqualTo(
            new SyncTarget(
                URL + "?journal_mode=WAL", URI.create("wss://hub.example/db/app"), "a&b"));
    assertThat(take(URL + "?sync=ws://h/db/x").url()).isEqualTo(URL);
    assertThat(take(URL + "?sync=")).isEqualTo(new SyncTarget(URL, null, ""));
  }

  @Test
  void properties_serveAsWell() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("sync", "ws://h/db/x");
    properties.setProperty("sync_token", "secret");
    assertThat(SyncTarget.take(URL, properties))
        .isEqualTo(new SyncTarget(URL, URI.create("ws://h/db/x"), "secret"));
    assertThat(properties).isEmpty();
  }

  @Test
  void whatCannotBeSynced_isRefusedInASentence() {
    assertThatThrownBy(() -> take(URL + "?sync=ws://%20"))
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("crsql: the option sync is no URL: ");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:crsql::memory:?sync=ws://h/db/x"))
        .hasMessage(
            "crsql: the URL's option sync needs a database in a file; one in memory is seen by its"
                + " one connection only");
    assertThatThrownBy(
            () ->
                DriverManager.getConnection(
                    "jdbc:crsql:" + dir.resolve("app.db") + "?sync=ws://h/db/x"))
        .hasMessage(
            "crsql: the URL's option sync needs io.crsql:crsql-sync, which is not among the"
                + " program's dependencies; add it");
  }
}
