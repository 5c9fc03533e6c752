package io.crsql.example.todomvc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in Chromium, with the hub and a Java program. With {@code -Dtodomvc.pictures=DIR} it
 * takes the pictures of the README.
 */
class BrowserTest {
  private static final Path SITE = Path.of("target", "site");

  @TempDir Path dir;
  private TodoHub hub;
  private JavaPeer peer;
  private int port;

  @BeforeEach
  void start() throws IOException, SQLException {
    Story.assumeItCanBeTold();
    hub = TodoHub.start(dir.resolve("hub"), SITE, 0);
    port = hub.port();
    peer = new JavaPeer(dir.resolve("peer.db"), hub.syncUrl(), hub.token());
  }

  @AfterEach
  void stop() throws SQLException {
    if (peer != null) {
      peer.close();
      hub.close();
    }
  }

  private void tell(String story, String... more) throws Exception {
    assertThat(Story.tell(story, hub.url(), this::answer, more)).as(story).isZero();
  }

  /** Does what a story asks for. */
  private String answer(String... words) throws IOException, SQLException {
    switch (words[0]) {
      case "items":
        return peer.items();
      case "fingerprint":
        return peer.fingerprint();
      case "add":
        peer.add(words[1]);
        return "";
      case "stop":
        hub.close();
        return "";
      case "start":
        hub = TodoHub.start(dir.resolve("hub"), SITE, port);
        return "";
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  @Test
  void offlineEdits_converge() throws Exception {
    String pictures = System.getProperty("todomvc.pictures");
    tell("converge", pictures == null ? new String[0] : new String[] {pictures});
  }

  @Test
  void list_doesWhatATodoMvcDoes() throws Exception {
    tell("list");
  }

  @Test
  void reload_keepsWhatTheTabHad() throws Exception {
    tell("reload");
  }

  @Test
  void tabs_shareWithoutTheHub() throws Exception {
    tell("tabs");
  }
}
