package io.crsql.sync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.Progress;
import io.crsql.sync.client.SyncStatus.State;
import io.crsql.sync.jdbc.Database;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client and a hub in one JVM, with a WebSocket between them. */
class SyncClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path dir;

  private Database hubDatabase;
  private Hub hub;
  private Database app;
  private final LinkedBlockingQueue<SyncStatus> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void open() throws Exception {
    hubDatabase = Database.todo(dir.resolve("hub.db"));
    hub = new Hub(hubDatabase).started();
    app = Database.todo(dir.resolve("app.db"));
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
    hubDatabase.close();
    app.close();
  }

  private SyncClient.Builder client() {
    return client(app, hub.uri());
  }

  private SyncClient.Builder client(Database database, URI uri) {
    return SyncClient.of(database.file(), uri)
        .token(Hub.TOKEN)
        .retry(Duration.ofMillis(5), Duration.ofMillis(50))
        .listener(told::add);
  }

  /** Waits until the listener has been told something of the kind. */
  private SyncStatus awaitTold(Predicate<SyncStatus> kind) throws InterruptedException {
    while (true) {
      SyncStatus status = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(status).as("a status within " + PATIENCE).isNotNull();
      if (kind.test(status)) {
        return status;
      }
    }
  }

  private SyncStatus awaitTold(State state) throws InterruptedException {
    return awaitTold(status -> status.state() == state);
  }

  private static void await(Check check) throws Exception {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!check.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private interface Check {
    boolean holds() throws Exception;
  }

  @Test
  void bothSides_getWhatTheOtherHas_andStayUpToDate() throws Exception {
    app.insert(1, 10);
    hub.run("INSERT INTO todo VALUES('hub', 'bread', 0)");
    try (SyncClient client = client().start()) {
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.fingerprint()).isEqualTo(hub.fingerprint());
      assertThat(app.count()).isEqualTo(11);
      SyncStatus status = client.status();
      assertThat(status.state()).isEqualTo(State.UP_TO_DATE);
      assertThat(status.peer()).contains("test hub");
      assertThat(status.progress().received().rows()).isEqualTo(1);
      hub.run("UPDATE todo SET done = 1 WHERE id = 'hub'");
      await(() -> "1".equals(app.text("SELECT done FROM todo WHERE id = 'hub'")));
      app.run("UPDATE todo SET done = 2 WHERE id = 'hub'");
      await(() -> app.fingerprint().equals(hub.fingerprint()));
    }
    await(() -> hub.closings().stream().anyMatch(end -> end.code() == CloseCode.DONE));
  }

  @Test
  void awaitUpToDate_includesWhatWasCommittedBefore() throws Exception {
    try (SyncClient client = client().poll(Duration.ofHours(1)).start()) {
      for (int i = 1; i <= 50; i++) {
        app.insert(i, i);
        assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
        assertThat(hub.count()).isEqualTo(i);
      }
    }
  }

  @Test
  void poke_sparesThePoll() throws Exception {
    try (SyncClient client = client().poll(Duration.ofHours(1)).start()) {
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      app.insert(1, 1);
      client.poke();
      await(() -> hub.count() == 1);
    }
  }

  @Test
  void withoutHub_isOfflineAndSaysWhy_thenGoesOn() throws Exception {
    hub.stop();
    app.insert(1, 5);
    try (SyncClient client = client().start()) {
      SyncStatus offline = awaitTold(State.OFFLINE);
      assertThat(offline.nextRetry()).isPresent();
      assertThat(offline.last().orElseThrow().message())
          .isEqualTo(
              Unreached.place(hub.uri()) + " refuses the connection; is the hub running there?");
      app.insert(6, 9);
      hub.started();
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(hub.fingerprint()).isEqualTo(app.fingerprint());
      assertThat(client.status().last()).isEmpty();
    }
  }

  @Test
  void hubThatGoesAwayInTheMiddle_isFoundAgain() throws Exception {
    hub.run("DELETE FROM todo");
    hubDatabase.insert(1, 20_000);
    app.insert(20_001, 25_000);
    hub.setCutAfter(3);
    try (SyncClient client = client().start()) {
      awaitTold(State.OFFLINE);
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(client.status().progress().received().rows()).isLessThan(20_000);
      assertThat(app.count()).isEqualTo(25_000);
      assertThat(app.fingerprint()).isEqualTo(hub.fingerprint());
      hub.stop();
      app.insert(25_001, 25_010);
      awaitTold(State.OFFLINE);
      hub.started();
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.fingerprint()).isEqualTo(hub.fingerprint());
    }
  }

  @Test
  void messagesOfOneByte_mayCome() throws Exception {
    hub.setMessageBytes(1);
    hubDatabase.insert(1, 100);
    app.insert(101, 200);
    try (SyncClient client = client().start()) {
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.count()).isEqualTo(200);
      assertThat(app.fingerprint()).isEqualTo(hub.fingerprint());
    }
  }

  @Test
  void wrongToken_stops() throws Exception {
    try (SyncClient client = client().token("guessed").start()) {
      SyncStatus stopped = awaitTold(State.STOPPED);
      assertThat(stopped.last().orElseThrow().code()).isEqualTo(CloseCode.TOKEN);
      assertThat(stopped.last().orElseThrow().byPeer()).isTrue();
      assertThat(client.awaitUpToDate(PATIENCE)).isFalse();
      assertThat(hub.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(CloseCode.class)
  void eachCode_isRetriedOrNot(CloseCode code) throws Exception {
    hub.setTurnAway(code);
    try (SyncClient client = client().start()) {
      if (code.retry()) {
        assertThat(awaitTold(State.OFFLINE).last().orElseThrow().message())
            .isEqualTo("because of the test");
        hub.setTurnAway(null);
        assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      } else {
        assertThat(awaitTold(State.STOPPED).last().orElseThrow().code()).isEqualTo(code);
        assertThat(hub.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void twoClients_convergeThroughTheHub() throws Exception {
    try (Database other = Database.todo(dir.resolve("other.db"));
        SyncClient first = client().start();
        SyncClient second = client(other, hub.uri()).start()) {
      for (int i = 0; i < 20; i++) {
        app.insert(100 * i, 100 * i + 9);
        other.insert(100 * i + 50, 100 * i + 59);
        app.run("UPDATE todo SET done = 'app' WHERE id % 7 = 0");
        other.run("UPDATE todo SET done = 'other' WHERE id % 7 = 0");
      }
      assertThat(first.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(second.awaitUpToDate(PATIENCE)).isTrue();
      await(() -> app.fingerprint().equals(other.fingerprint()));
      assertThat(app.count()).isEqualTo(400);
    }
  }

  @Test
  void readAccess_receivesOnly() throws Exception {
    app.insert(1, 1);
    hub.run("INSERT INTO todo VALUES('hub', 'bread', 0)");
    try (SyncClient client = client().access(Access.READ).start()) {
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.count()).isEqualTo(2);
      assertThat(hub.count()).isEqualTo(1);
    }
  }

  @Test
  void writesOfTriggersInAMerge_areSent() throws Exception {
    app.run(
        "CREATE TRIGGER note AFTER INSERT ON todo WHEN NEW.id = 'hub'"
            + " BEGIN INSERT INTO todo VALUES('noted', 'by a trigger', 0); END");
    app.run("SELECT crsql_as_crr('todo')");
    hub.run("INSERT INTO todo VALUES('hub', 'bread', 0)");
    try (SyncClient client = client().poll(Duration.ofHours(1)).start()) {
      await(() -> hub.count() == 2);
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.fingerprint()).isEqualTo(hub.fingerprint());
    }
  }

  @Test
  void databaseThatIsLocked_isTriedAgain() throws Exception {
    hub.run("INSERT INTO todo VALUES('hub', 'bread', 0)");
    app.run("BEGIN IMMEDIATE");
    try (SyncClient client = client().start()) {
      assertThat(awaitTold(State.OFFLINE).last().orElseThrow().message())
          .startsWith("the database cannot be used now: ");
      app.run("COMMIT");
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.count()).isEqualTo(1);
    }
  }

  @Test
  void failures_areSentences() throws Exception {
    URI closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = URI.create("ws://127.0.0.1:" + socket.getLocalPort() + "/db/app");
    }
    String place = Unreached.place(hub.uri());
    List<String> messages = new ArrayList<>();
    URI secure = URI.create("wss" + hub.uri().toString().substring(2));
    for (URI uri :
        List.of(
            closed,
            URI.create("ws://crsql.invalid/db/app"),
            hub.uri("/db/none"),
            hub.uri("/closed"),
            secure)) {
      SyncClient client = client(app, uri).start();
      messages.add(awaitTold(State.OFFLINE).last().orElseThrow().message());
      client.close();
      told.clear();
    }
    assertThat(messages.subList(0, 4))
        .containsExactly(
            Unreached.place(closed) + " refuses the connection; is the hub running there?",
            "the host crsql.invalid is not known; check its name and the network",
            place + " knows no database at /db/none (HTTP 404)",
            place + " gives no access to /closed (HTTP 401)");
    assertThat(messages.get(4)).startsWith("no secure connection to " + place + ": ");
  }

  @Test
  void urls_ofHttp_areThoseOfWebSockets() {
    assertThat(HubUri.of(URI.create("http://h/db/a%20b?x=1")))
        .isEqualTo(URI.create("ws://h/db/a%20b?x=1"));
    assertThat(HubUri.of(URI.create("HTTPS://h:1/"))).isEqualTo(URI.create("wss://h:1/"));
    assertThatThrownBy(() -> SyncClient.of(dir, URI.create("ftp://h/")))
        .hasMessageContaining("ws://");
    assertThatThrownBy(() -> SyncClient.of(dir, URI.create("ws:/h"))).hasMessageContaining("host");
    assertThatThrownBy(() -> SyncClient.of(dir, URI.create("ws://token@h/")))
        .hasMessageContaining("token");
    assertThatThrownBy(() -> SyncClient.of(dir, URI.create("ws://h/#a"))).hasMessageContaining("#");
  }

  @Test
  void databaseThatCannotBeOpened_isSaidAtOnce() {
    assertThatThrownBy(() -> SyncClient.of(dir.resolve("no/app.db"), hub.uri()).start())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void closedWhileItConnects_stopsAndKeepsNothing() throws Exception {
    hub.stop();
    SyncClient client = client().retry(Duration.ofHours(1), Duration.ofHours(1)).start();
    awaitTold(State.OFFLINE);
    client.close();
    assertThat(client.status().state()).isEqualTo(State.STOPPED);
    assertThat(client.status().progress()).isEqualTo(Progress.NONE);
    hub.started();
  }

  @Test
  void jdbcUrl_syncs() throws Exception {
    hub.run("INSERT INTO todo VALUES('hub', 'bread', 0)");
    String url = "jdbc:crsql:" + app.file() + "?sync=" + hub.uri() + "&sync_token=" + Hub.TOKEN;
    try (Connection first = DriverManager.getConnection(url);
        Connection second = DriverManager.getConnection(url)) {
      assertThat(first.isClosed() || second.isClosed()).isFalse();
      SyncClient client = UrlSync.client(app.file()).orElseThrow();
      assertThat(client.awaitUpToDate(PATIENCE)).isTrue();
      assertThat(app.count()).isEqualTo(1);
      assertThat(hub.connections()).isEqualTo(1);
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection("jdbc:crsql:" + app.file() + "?sync=ws://elsewhere/"))
          .hasMessageContaining("not also with ws://elsewhere/");
      client.close();
    }
  }
}
