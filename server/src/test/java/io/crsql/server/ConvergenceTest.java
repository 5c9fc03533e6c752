package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.CloseCode;
import io.crsql.sync.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that sync through a hub. */
class ConvergenceTest {
  private static final String MANY =
      "INSERT INTO todo WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
          + " SELECT i, hex(randomblob(40)), 0 FROM n";

  @TempDir Path dir;

  private Path file(String name) {
    return dir.resolve(name);
  }

  private static void awaitEqual(Client... clients) {
    Await.until(
        "equal fingerprints",
        () -> {
          String first = clients[0].fingerprint();
          for (Client client : clients) {
            if (!client.isUpToDate() || !client.fingerprint().equals(first)) {
              return false;
            }
          }
          return true;
        });
  }

  @Test
  void threeClients_converge() throws IOException, SQLException {
    try (Hub hub = new Hub(file("hub"));
        Client a = hub.client(file("a.db"), "full");
        Client b = hub.client(file("b.db"), "full");
        Client c = hub.client(file("c.db"), "full")) {
      a.run(String.format(MANY, 1, 2000));
      b.run(String.format(MANY, 1001, 3000));
      for (int i = 0; i < 20; i++) {
        c.run("INSERT INTO todo VALUES('c" + i + "', 'x', 0)");
        a.run("UPDATE todo SET done = " + i + " WHERE id = 1");
      }
      Await.until(
          "all rows at all",
          () ->
              a.text("SELECT count(*) FROM todo").equals("3020")
                  && b.text("SELECT count(*) FROM todo").equals("3020")
                  && c.text("SELECT count(*) FROM todo").equals("3020"));
      awaitEqual(a, b, c);
      assertThat(a.closing()).isEmpty();
    }
  }

  @Test
  void aHubThatKnowsTheTables_convergesToo() throws IOException, SQLException {
    Path schema = file("schema.sql");
    Files.writeString(schema, String.join(";\n", Hub.TODO) + ";\n");
    try (Hub hub = new Hub(file("hub"), options -> options.withSchema(schema));
        Client a = hub.client(file("a.db"), "full");
        Client b = hub.client(file("b.db"), "full")) {
      a.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the row", () -> "milk".equals(b.text("SELECT title FROM todo")));
      try (Connection connection = Crsql.open(file("hub").resolve("app.db"));
          Statement statement = connection.createStatement()) {
        assertThat(statement.executeQuery("SELECT title FROM todo").getString(1)).isEqualTo("milk");
      }
    }
  }

  @Test
  void whatTheHubsOwnerWrites_reachesThePeers() throws IOException, SQLException {
    Path schema = file("schema.sql");
    Files.writeString(schema, String.join(";\n", Hub.TODO) + ";\n");
    try (Hub hub = new Hub(file("hub"), options -> options.withSchema(schema));
        Client a = hub.client(file("a.db"), "full")) {
      Await.until("the first exchange", a::isUpToDate);
      try (Connection connection = Crsql.open(file("hub").resolve("app.db"));
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO todo VALUES(1, 'from the hub', 0)");
      }
      Await.until("the row", () -> "from the hub".equals(a.text("SELECT title FROM todo")));
    }
  }

  @Test
  void afterARestart_clientsGoOnWhereTheyWere() throws IOException, SQLException {
    String before;
    try (Hub hub = new Hub(file("hub"));
        Client a = hub.client(file("a.db"), "full");
        Client b = hub.client(file("b.db"), "full")) {
      a.run(String.format(MANY, 1, 5000));
      Await.until("all rows", () -> b.text("SELECT count(*) FROM todo").equals("5000"));
      awaitEqual(a, b);
      before = a.fingerprint();
    }
    try (Hub hub = new Hub(file("hub"));
        Client a = hub.client(file("a.db"), "full");
        Client b = hub.client(file("b.db"), "full")) {
      awaitEqual(a, b);
      assertThat(a.fingerprint()).isEqualTo(before);
      assertThat(b.progress().received().bytes()).isLessThan(10_000);
      b.run("UPDATE todo SET done = 1 WHERE id = 7");
      Await.until("the write", () -> "1".equals(a.text("SELECT done FROM todo WHERE id = 7")));
    }
  }

  @Test
  void messagesOfOneByte_areTaken() throws IOException, SQLException {
    SessionOptions options = SessionOptions.DEFAULT.withToken("full");
    try (Hub hub = new Hub(file("hub"));
        Client a = new Client(file("a.db"), hub.url("app"), options, 1, Hub.TODO);
        Client b = hub.client(file("b.db"), "full")) {
      a.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the row", () -> "milk".equals(b.text("SELECT title FROM todo")));
    }
  }

  @Test
  void aStoppingServer_saysSo() throws IOException, SQLException {
    Hub hub = new Hub(file("hub"));
    try (Client a = hub.client(file("a.db"), "full")) {
      a.run("INSERT INTO todo VALUES(1, 'milk', 0)");
      Await.until("the write at the hub", a::isUpToDate);
      hub.close();
      Await.until("the end", () -> a.closing().isPresent());
      assertThat(a.closing().get().code()).isEqualTo(CloseCode.GOING_AWAY);
      // closed in order: the write-ahead log is folded into the file and removed
      assertThat(file("hub").resolve("app.db-wal")).doesNotExist();
      assertThat(hub.log).last().asString().endsWith(" stopped");
    }
  }
}
