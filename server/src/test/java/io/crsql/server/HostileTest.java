package io.crsql.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;
import io.crsql.sync.jdbc.JdbcStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that do not keep to the protocol: they are cut off, and nobody else is harmed. */
class HostileTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int PING = 5;

  @TempDir Path dir;

  private Hub hub(Limits limits) throws IOException {
    return new Hub(dir.resolve("hub"), options -> options.withLimits(limits));
  }

  private static Limits times(Duration handshake, Duration heartbeat, Duration drain) {
    return Limits.DEFAULT.withTimes(handshake, heartbeat, drain, LONG);
  }

  /** The greeting of an honest client. */
  private byte[] hello(String token) throws SQLException {
    try (Connection connection = Crsql.open(dir.resolve("hello.db"));
        JdbcStore store = new JdbcStore(connection)) {
      SessionOptions options =
          SessionOptions.DEFAULT.withToken(token).withSizes(64 << 20, 64 << 20, 256 << 10);
      return SyncSession.connect(store, options).poll();
    }
  }

  private static byte[] frame(int type, long number, byte[] body) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(type);
    for (long rest = number; ; rest >>>= 7) {
      frame.write((int) (rest < 128 ? rest : rest & 127 | 128));
      if (rest < 128) {
        break;
      }
    }
    frame.writeBytes(body);
    int length = frame.size();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int shift = 24; shift >= 0; shift -= 8) {
      whole.write(length >> shift);
    }
    whole.writeBytes(frame.toByteArray());
    return whole.toByteArray();
  }

  private void assertServes(Hub hub) throws SQLException {
    try (Client a = hub.client(dir.resolve("good-a.db"), "full");
        Client b = hub.client(dir.resolve("good-b.db"), "full")) {
      a.run("INSERT INTO todo VALUES(hex(randomblob(8)), 'milk', 0)");
      Await.until(
          "convergence",
          () -> a.isUpToDate() && b.isUpToDate() && a.fingerprint().equals(b.fingerprint()));
    }
    assertThat(hub.log.toString()).doesNotContain("internal error");
  }

  @Test
  void randomBytes_endTheirConnection() throws IOException, SQLException {
    try (Hub hub = hub(Limits.DEFAULT)) {
      for (int seed = 0; seed < 100; seed++) {
        Random random = new Random(seed);
        byte[] noise = new byte[1 + random.nextInt(5000)];
        random.nextBytes(noise);
        // lengths that are believed
        noise[0] = 0;
        try (Raw raw = new Raw(hub.url("app"), true)) {
          if (seed % 2 == 0) {
            raw.send(hello("full"));
          }
          if (seed % 4 < 2) {
            raw.send(frame(1 + random.nextInt(8), seed % 2 == 0 ? 1 : 0, noise));
          }
          raw.send(noise);
          raw.send(new byte[] {-1, -1, -1, -1});
          raw.send(noise);
        }
      }
      Await.until("all have gone", () -> hub.metric("crsql_connections") == 0);
      assertServes(hub);
    }
  }

  @Test
  void aLengthBeyondAllMeasure_isRefused() throws IOException, SQLException {
    try (Hub hub = hub(Limits.DEFAULT);
        Raw raw = new Raw(hub.url("app"), true)) {
      raw.send(new byte[] {0x7f, -1, -1, -1, 1});
      Await.until("the end", () -> raw.closed() != null);
      assertThat(raw.closed()).isEqualTo("a frame has 2147483647 bytes, and may have 2048 at most");
      assertServes(hub);
    }
  }

  @Test
  void textMessages_areRefused() throws IOException, SQLException {
    try (Hub hub = hub(Limits.DEFAULT);
        Raw raw = new Raw(hub.url("app"), true)) {
      raw.sendText("hello");
      Await.until("the end", () -> raw.closed() != null);
      assertThat(raw.closed()).isEqualTo("text messages are not part of the protocol");
      assertServes(hub);
    }
  }

  @Test
  void halfAGreeting_isNotWaitedFor() throws IOException, SQLException {
    byte[] hello = hello("full");
    try (Hub hub = hub(times(SHORT, LONG, LONG));
        Raw raw = new Raw(hub.url("app"), true)) {
      raw.send(Arrays.copyOf(hello, hello.length / 2));
      Await.until("the end", () -> raw.closed() != null);
      assertThat(raw.closed()).isEqualTo("no greeting came in time");
    }
  }

  @Test
  void webSocketsOwnPings_areAnswered() throws IOException, SQLException {
    try (Hub hub = hub(Limits.DEFAULT);
        Raw raw = new Raw(hub.url("app"), true)) {
      for (int i = 0; i < 100; i++) {
        raw.ping();
      }
      raw.send(hello("full"));
      Await.until("the hub's greeting", () -> raw.received().length > 0);
    }
  }

  @Test
  void whoFloodsAndDoesNotRead_isNotReadEither() throws IOException, SQLException {
    try (Hub hub = hub(times(LONG, LONG, Duration.ofSeconds(1)));
        Raw raw = new Raw(hub.url("app"), false)) {
      raw.send(hello("full"));
      CompletableFuture<Long> flood =
          CompletableFuture.supplyAsync(
              () -> {
                long sent = 0;
                long number = 1;
                boolean open = true;
                while (open && sent < 200 << 20) {
                  ByteArrayOutputStream pings = new ByteArrayOutputStream();
                  while (pings.size() < 256 << 10) {
                    pings.writeBytes(frame(PING, number++, new byte[0]));
                  }
                  open = raw.send(pings.toByteArray());
                  sent += pings.size();
                }
                return sent;
              });
      Await.until("the flood is over", () -> hub.metric("crsql_connections") == 0);
      // what the kernel's buffers take is answered, and then no more is read
      assertThat(hub.metric("crsql_bytes_total{direction=\"in\"}")).isLessThan(40 << 20);
      assertThat(flood.join()).isPositive();
      assertServes(hub);
    }
  }

  /** A database that takes long to send, which the hub's owner has made. */
  private void large(int megabytes) throws SQLException {
    try (Connection connection = Crsql.open(dir.resolve("hub").resolve("app.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : Hub.TODO) {
        statement.execute(sql);
      }
      statement.executeUpdate(
          "INSERT INTO todo WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < "
              + 16 * megabytes
              + ") SELECT i, randomblob(65536), 0 FROM n");
    }
  }

  private Client fetching(Hub hub) throws SQLException {
    SessionOptions options =
        SessionOptions.DEFAULT.withToken("full").withSizes(64 << 20, 64 << 20, 256 << 10);
    return new Client(dir.resolve("slow.db"), hub.url("app"), options, 1 << 20, Hub.TODO);
  }

  @Test
  void whoDoesNotAcknowledge_isSentAWindowAndGivenUp() throws IOException, SQLException {
    Limits limits = times(LONG, SHORT, LONG);
    try (Hub hub = hub(limits)) {
      large(8);
      try (Client slow = fetching(hub)) {
        slow.fallSilentAfter(1);
        Await.until("it is given up", () -> hub.metric("crsql_connections") == 0);
        assertThat(hub.log).anySatisfy(line -> assertThat(line).contains("silent for too long"));
        assertThat(hub.metric("crsql_bytes_total{direction=\"out\"}"))
            .isBetween((double) limits.window(), limits.window() + 4.0 * limits.chunkBytes());
      }
      assertServes(hub);
    }
  }

  @Test
  void whoDoesNotRead_isCutOff() throws IOException, SQLException {
    int window = 48 << 20;
    Limits limits = times(LONG, LONG, Duration.ofSeconds(1)).withSizes(64 << 20, window, 64 << 10);
    try (Hub hub = hub(limits)) {
      large(40);
      try (Client slow = fetching(hub)) {
        slow.stopReadingAfter(1);
        Await.until("it is cut off", () -> hub.metric("crsql_connections") == 0);
        assertThat(hub.log).anySatisfy(line -> assertThat(line).contains("it does not read"));
        assertThat(hub.metric("crsql_closes_total{by=\"server\",code=\"silent\"}")).isEqualTo(1);
        // what the kernel's buffers take, and not the window
        assertThat(hub.metric("crsql_bytes_total{direction=\"out\"}")).isLessThan(window / 2.0);
      }
    }
  }

  @Test
  void manyWhoDoNotRead_doNotFillTheMemory() throws IOException, SQLException {
    int window = 12 << 20;
    int most = 4 << 20;
    Limits limits =
        times(LONG, LONG, Duration.ofSeconds(1))
            .withSizes(64 << 20, window, 64 << 10)
            .withUnsent(most);
    try (Hub hub = hub(limits)) {
      large(16);
      List<Client> slow = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SessionOptions options =
            SessionOptions.DEFAULT.withToken("full").withSizes(64 << 20, 64 << 20, 256 << 10);
        Path file = dir.resolve("slow" + i + ".db");
        slow.add(new Client(file, hub.url("app"), options, 1 << 20, Hub.TODO));
        slow.get(i).stopReadingAfter(1);
      }
      double[] largest = {0};
      Await.until(
          "they are cut off",
          () -> {
            largest[0] = Math.max(largest[0], hub.metric("crsql_unsent_bytes"));
            return hub.metric("crsql_connections") == 0;
          });
      // one window more may have been made when there was just room
      assertThat(largest[0]).isBetween(1.0, most + window + 64.0 * 1024);
      assertThat(hub.metric("crsql_unsent_bytes")).isZero();
      for (Client client : slow) {
        client.close();
      }
      assertServes(hub);
    }
  }
}
