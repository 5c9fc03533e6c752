package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.sync.CloseCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and to what. */
class AccessTest {
  @TempDir Path dir;

  private Path file(String name) {
    return dir.resolve(name);
  }

  private static void awaitEnd(Client client, CloseCode code) {
    Await.until("the end", () -> client.closing().isPresent());
    assertThat(client.closing().get().code()).isEqualTo(code);
  }

  @Test
  void aWrongToken_createsNothing() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"));
        Client wrong = hub.client(file("a.db"), "guess");
        Client none = hub.client(file("b.db"), "");
        Client other = hub.client(file("c.db"), "other")) {
      awaitEnd(wrong, CloseCode.TOKEN);
      awaitEnd(none, CloseCode.TOKEN);
      awaitEnd(other, CloseCode.TOKEN);
      assertThat(file("hub").resolve("app.db")).doesNotExist();
      assertThat(hub.log.toString()).doesNotContain("guess");
    }
  }

  @Test
  void aTokenForOneDatabase_opensThatOne() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"));
        Client client = new Client(file("a.db"), hub.url("other"), "other", Hub.TODO)) {
      Await.until("the first exchange", client::isUpToDate);
      assertThat(file("hub").resolve("other.db")).exists();
    }
  }

  @Test
  void aReader_receivesAndDoesNotSend() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"));
        Client writer = hub.client(file("a.db"), "full")) {
      writer.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the write at the hub", writer::isUpToDate);
      try (Client reader = hub.client(file("b.db"), "reader")) {
        Await.until("the row", () -> "milk".equals(reader.text("SELECT title FROM todo")));
        reader.run("INSERT INTO todo VALUES(2, 'mine', 0)");
        writer.run("INSERT INTO todo VALUES(3, 'bread', 0)");
        Await.until("the third row", () -> "3".equals(reader.text("SELECT count(*) FROM todo")));
        assertThat(writer.text("SELECT count(*) FROM todo")).isEqualTo("2");
      }
    }
  }

  @Test
  void aReader_cannotCreateADatabase() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"));
        Client reader = hub.client(file("a.db"), "reader")) {
      awaitEnd(reader, CloseCode.REFUSED);
      assertThat(reader.closing().get().message())
          .isEqualTo("there is no database app here, and this token cannot create it");
      assertThat(file("hub").resolve("app.db")).doesNotExist();
    }
  }

  @Test
  void whereCreationIsOff_nobodyCreates() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"), options -> options.withCreate(false));
        Client client = hub.client(file("a.db"), "full")) {
      awaitEnd(client, CloseCode.REFUSED);
      assertThat(file("hub").resolve("app.db")).doesNotExist();
    }
  }

  @Test
  void aTokenThatIsWithdrawn_endsItsSessions() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"));
        Client client = hub.client(file("a.db"), "full")) {
      Await.until("the first exchange", client::isUpToDate);
      Files.writeString(file("hub").resolve("tokens"), "another read,write *\n");
      awaitEnd(client, CloseCode.TOKEN);
    }
  }

  @Test
  void withoutAFileOfTokens_oneIsMade() throws IOException, SQLException {
    Path tokens = file("made");
    try (Hub hub = new Hub(file("hub"), options -> options.withTokens(tokens));
        Client client = hub.client(file("a.db"), hub.server.newToken().orElseThrow())) {
      Await.until("the first exchange", client::isUpToDate);
      assertThat(Files.getPosixFilePermissions(tokens)).hasSize(2);
    }
    try (Hub again = new Hub(file("hub"), options -> options.withTokens(tokens))) {
      assertThat(again.server.newToken()).isEmpty();
    }
  }

  @Test
  void aFileThatIsNotOneOfTokens_isRefused() throws IOException {
    Path tokens = file("wrong");
    Files.writeString(tokens, "# fine\nsecret everything *\n");
    assertThatThrownBy(() -> new Hub(file("hub"), options -> options.withTokens(tokens)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            tokens
                + ", line 2: not a token; a line is TOKEN, then read, write or read,write, then a"
                + " database's name or *");
  }

  @Test
  void anOpenServer_letsAllIn_butNoForeignPages()
      throws IOException, SQLException, InterruptedException {
    try (Hub hub = new Hub(file("hub"), options -> options.withOpen(true));
        Client client = hub.client(file("a.db"), "")) {
      Await.until("the first exchange", client::isUpToDate);
      assertThat(hub.log).anySatisfy(line -> assertThat(line).contains("WARNING: tokens are off"));
      String upgrade =
          upgrade(hub, "/db/app", "Origin: https://elsewhere.example\r\n").split("\r\n")[0];
      assertThat(upgrade).contains("403");
      assertThat(hub.get("/status.json").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void namesThatAreNoNames_leadNowhere() throws IOException {
    try (Hub hub = new Hub(file("hub"))) {
      for (String path :
          new String[] {
            "/db/../tokens",
            "/db/..%2ftokens",
            "/db/%2e%2e/x",
            "/db/.hidden",
            "/db/",
            "/db/a/b",
            "/db/a%00b",
            "/db/a%5cb",
            "/db/" + "n".repeat(65),
            "/db/%c3%a9",
            "//db/app",
            "/db//app"
          }) {
        String status = upgrade(hub, path, "").split("\r\n")[0];
        assertThat(status).as(path).containsPattern(" 40[04] ");
      }
      assertThat(upgrade(hub, "/db/" + "n".repeat(64), "").split("\r\n")[0]).contains(" 101 ");
      try (var files = Files.list(file("hub"))) {
        assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("tokens");
      }
    }
  }

  @Test
  void connectionsThatAreTooMany_areTurnedAway() throws IOException, SQLException {
    Limits limits = Limits.DEFAULT.withConnections(3, 2, 100);
    try (Hub hub = new Hub(file("hub"), options -> options.withLimits(limits));
        Client a = hub.client(file("a.db"), "full");
        Client b = hub.client(file("b.db"), "full")) {
      Await.until("two connections", () -> hub.metric("crsql_connections") == 2);
      assertThatThrownBy(() -> hub.client(file("c.db"), "full"))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
      try (Client other = new Client(file("d.db"), hub.url("other"), "full", Hub.TODO)) {
        Await.until("the first exchange", other::isUpToDate);
        assertThatThrownBy(() -> new Client(file("e.db"), hub.url("third"), "full"))
            .hasCauseInstanceOf(WebSocketHandshakeException.class);
      }
      a.abort();
      Await.until("one has gone", () -> hub.metric("crsql_connections") == 1);
      try (Client again = hub.client(file("f.db"), "full")) {
        Await.until("the first exchange", again::isUpToDate);
      }
      assertThat(b.closing()).isEmpty();
    }
  }

  @Test
  void databasesThatAreTooMany_areRefusedUntilOneIsIdle() throws IOException, SQLException {
    Limits limits = Limits.DEFAULT.withDatabases(1);
    try (Hub hub = new Hub(file("hub"), options -> options.withLimits(limits))) {
      Client a = hub.client(file("a.db"), "full");
      Await.until("the first exchange", a::isUpToDate);
      try (Client b = new Client(file("b.db"), hub.url("second"), "full")) {
        awaitEnd(b, CloseCode.UNAVAILABLE);
      }
      a.close();
      Await.until("it has gone", () -> hub.metric("crsql_connections") == 0);
      Await.until(
          "the other is let in",
          () -> {
            try (Client b = new Client(file("b.db"), hub.url("second"), "full")) {
              Await.until("an answer", () -> b.closing().isPresent() || b.isUpToDate());
              return b.closing().isEmpty();
            }
          });
    }
  }

  /** What is answered to a request for a WebSocket, whose path goes out as it is. */
  private static String upgrade(Hub hub, String path, String headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", hub.server.port())) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + headers
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        head.append((char) b);
      }
      return head.toString();
    }
  }
}
