package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many clients are sent is read from the database once. */
class FanOutTest {
  private static final int CLIENTS = 40;
  private static final int WRITES = 10;

  @TempDir Path dir;

  @Test
  void oneWrite_isReadOnceForAll() throws IOException, SQLException {
    List<Client> clients = new ArrayList<>();
    try (Hub hub = new Hub(dir.resolve("hub"))) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(hub.client(dir.resolve(i + ".db"), "full"));
      }
      Client writer = clients.get(0);
      // the first one makes the hub a replica, which then has a site and is asked anew
      write(writer, clients, 0);
      write(writer, clients, 1);
      double queries = hub.metric("crsql_changeset_queries_total");
      double shared = hub.metric("crsql_changesets_shared_total");
      for (int i = 2; i < 2 + WRITES; i++) {
        write(writer, clients, i);
      }
      // one for all others, and one for who wrote; one that was slow may be asked for by itself
      assertThat(hub.metric("crsql_changeset_queries_total") - queries)
          .isLessThan(CLIENTS * WRITES / 8.0);
      assertThat(hub.metric("crsql_changesets_shared_total") - shared)
          .isGreaterThan(CLIENTS * WRITES * 7 / 8.0);
      // who wrote is not sent it back
      assertThat(writer.progress().received().chunks()).isLessThan(5);
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }

  private static void write(Client writer, List<Client> clients, int id) throws SQLException {
    writer.run("INSERT INTO todo VALUES(" + id + ", 'x', 0)");
    for (Client client : clients) {
      Await.until(
          "row " + id,
          () ->
              client.text("SELECT count(*) FROM todo WHERE id = " + id).equals("1")
                  && client.isUpToDate());
    }
  }
}
