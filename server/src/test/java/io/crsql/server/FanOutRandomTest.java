package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.Store;
import io.crsql.sync.jdbc.JdbcStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Receivers that are given shared changesets, at random times and in random shares, hold what the
 * hub believes that they hold, and end up with what the hub has.
 */
class FanOutRandomTest {
  private static final int CHUNK = 600;
  private static final int STEPS = 250;

  @TempDir Path dir;

  private static final class Receiver implements AutoCloseable {
    final Connection connection;
    final JdbcStore store;
    byte[] since;
    boolean reached;

    Receiver(Path file) throws SQLException {
      connection = Crsql.open(file);
      run("PRAGMA synchronous = OFF");
      for (String sql : Hub.TODO) {
        run(sql);
      }
      store = new JdbcStore(connection);
      since = store.vector();
    }

    void run(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    String fingerprint() throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT crsql_fingerprint()")) {
        return row.getString(1);
      }
    }

    /** Takes what the hub gives, in the way of a session. */
    void pull(FanOut hub, int chunks) {
      List<Store.Chunk> given = hub.changesets(since, CHUNK, chunks);
      assertThat(given).isNotEmpty().hasSizeLessThanOrEqualTo(chunks);
      for (Store.Chunk chunk : given) {
        reached = chunk.last();
        if (chunk.rows() == 0 && chunk.last()) {
          return;
        }
        store.apply(chunk.changeset());
        since = hub.after(since, chunk.changeset());
        assertThat(since).isNotNull();
        assertThat(store.covers(store.vector(), since)).isTrue();
      }
    }

    @Override
    public void close() throws SQLException {
      store.close();
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void sharedChangesets_areRightForAll(long seed) throws SQLException {
    Random random = new Random(seed);
    Metrics metrics = new Metrics();
    Optional<String> schema = Optional.of(String.join(";", Hub.TODO));
    List<Receiver> receivers = new ArrayList<>();
    try (OpenDatabase open = OpenDatabase.open(dir.resolve("hub.db"), schema)) {
      FanOut hub = new FanOut(() -> open, open.write::apply, CHUNK, metrics);
      for (int i = 0; i < 5; i++) {
        receivers.add(new Receiver(dir.resolve(i + ".db")));
      }
      for (int step = 0; step < STEPS; step++) {
        Receiver one = receivers.get(random.nextInt(receivers.size()));
        switch (random.nextInt(8)) {
          case 0, 1 -> write(one, random, hub, open);
          case 2 -> one.pull(hub, 1 + random.nextInt(8));
          case 3 -> {
            if (random.nextInt(10) == 0) {
              hub.release();
            }
          }
          default -> {
            for (Receiver each : receivers) {
              if (random.nextInt(5) > 0) {
                each.pull(hub, 8);
              }
            }
          }
        }
      }
      String fingerprint = null;
      for (Receiver each : receivers) {
        do {
          each.pull(hub, 8);
        } while (!each.reached);
        fingerprint = fingerprint == null ? each.fingerprint() : fingerprint;
        assertThat(each.fingerprint()).isEqualTo(fingerprint);
      }
      assertThat(metrics.shared.count()).isGreaterThan(50);
    } finally {
      for (Receiver each : receivers) {
        each.close();
      }
      metrics.close();
    }
  }

  @Test
  void afterARelease_oneReadIsStillForAll() throws SQLException {
    Metrics metrics = new Metrics();
    Optional<String> schema = Optional.of(String.join(";", Hub.TODO));
    try (OpenDatabase open = OpenDatabase.open(dir.resolve("hub.db"), schema);
        Receiver writer = new Receiver(dir.resolve("writer.db"));
        Receiver a = new Receiver(dir.resolve("a.db"));
        Receiver b = new Receiver(dir.resolve("b.db"))) {
      FanOut hub = new FanOut(() -> open, open.write::apply, CHUNK, metrics);
      Random random = new Random(7);
      for (int i = 0; i < 3; i++) {
        write(writer, random, hub, open);
        a.pull(hub, 8);
        b.pull(hub, 8);
      }
      hub.release();
      double queries = metrics.queries.count();
      write(writer, random, hub, open);
      a.pull(hub, 8);
      // one that was busy gets both of what was shared since
      write(writer, random, hub, open);
      a.pull(hub, 8);
      b.pull(hub, 8);
      assertThat(metrics.queries.count() - queries).isEqualTo(2);
      assertThat(a.fingerprint()).isEqualTo(b.fingerprint()).isEqualTo(writer.fingerprint());
    } finally {
      metrics.close();
    }
  }

  /** A receiver writes, and the hub applies that and sees that the receiver holds it. */
  private static void write(Receiver one, Random random, FanOut hub, OpenDatabase open)
      throws SQLException {
    int rows = random.nextInt(10) == 0 ? 60 : 1 + random.nextInt(3);
    for (int i = 0; i < rows; i++) {
      int id = random.nextInt(200);
      one.run(
          switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM todo WHERE id = " + id;
            case 1 -> "UPDATE todo SET done = " + random.nextInt(9) + " WHERE id = " + id;
            default ->
                "INSERT OR REPLACE INTO todo VALUES(" + id + ", 'a title of some length', 0)";
          });
    }
    for (Store.Chunk chunk : one.store.changesets(hub.vector(), CHUNK, Integer.MAX_VALUE)) {
      hub.apply(chunk.changeset());
      one.since = hub.ofSender(one.since, chunk.changeset());
    }
    hub.invalidate();
    assertThat(open.writtenByOthers()).isFalse();
  }
}
