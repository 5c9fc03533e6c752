package io.crsql.jdbc;

import static io.crsql.jdbc.CrsqlDriverTest.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try")
class ChangeFeedTest {
  @TempDir Path folder;

  private Path file;
  private Connection connection;
  private Replica replica;
  private final Heard heard = new Heard();

  @BeforeEach
  void open() throws SQLException {
    file = folder.resolve("app.db");
    connection = Crsql.open(file);
    execute(connection, "PRAGMA journal_mode = WAL");
    execute(connection, "CREATE TABLE todo(id PRIMARY KEY, what, done)");
    replica = Replica.of(connection);
    replica.asCrr("todo");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void localWrites_areToldAsRows() throws Exception {
    execute(connection, "INSERT INTO todo VALUES('before', 'the feed', 0)");
    try (ChangeFeed feed = ChangeFeed.on(file).start(heard)) {
      execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
      assertThat(heard.next().rows()).containsExactly(local(1L, "what", "done"));
      execute(connection, "UPDATE todo SET done = 1 WHERE id = 1");
      assertThat(heard.next().rows()).containsExactly(local(1L, "done"));
      execute(connection, "DELETE FROM todo WHERE id = 1");
      assertThat(heard.next().rows())
          .containsExactly(
              new RowChange("todo", 1L, Set.of(), true, Set.of(replica.siteId()), true, false));
    }
  }

  @Test
  void merges_areToldAsMerged() throws Exception {
    try (Connection other = Crsql.open(folder.resolve("other.db"));
        ChangeFeed feed = ChangeFeed.on(file).start(heard)) {
      execute(other, "CREATE TABLE todo(id PRIMARY KEY, what, done)");
      Replica peer = Replica.of(other);
      peer.asCrr("todo");
      execute(other, "INSERT INTO todo VALUES(1, 'theirs', 0)");
      try (Stream<Changeset> all = peer.changesets(replica.versionVector(), 1_000_000)) {
        replica.apply(all);
      }
      RowChange row = heard.next().rows().get(0);
      assertThat(row.merged()).isTrue();
      assertThat(row.local()).isFalse();
      assertThat(row.sites()).containsExactly(peer.siteId());
    }
  }

  @Test
  void transaction_isToldAtOnceAndOnlyOnceCommitted() throws Exception {
    try (ChangeFeed feed = ChangeFeed.on(file).start(heard)) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 500; i++) {
        execute(connection, "INSERT INTO todo VALUES(" + i + ", 'a', 0)");
        feed.poke();
      }
      execute(connection, "UPDATE todo SET what = 'b' WHERE id = 0");
      connection.commit();
      ChangeBatch batch = heard.next();
      assertThat(batch.complete()).isTrue();
      assertThat(batch.rows()).hasSize(500);
      assertThat(batch.rows().get(499)).isEqualTo(local(0L, "done", "what"));
      assertThat(batch.tables()).containsExactly("todo");
      assertThat(batch.until()).isPositive();
    }
  }

  @Test
  void rolledBack_isNotTold() throws Exception {
    try (ChangeFeed feed = ChangeFeed.on(file).start(heard)) {
      connection.setAutoCommit(false);
      execute(connection, "INSERT INTO todo VALUES(1, 'no', 0)");
      connection.rollback();
      execute(connection, "INSERT INTO todo VALUES(2, 'yes', 0)");
      connection.commit();
      assertThat(heard.next().rows()).extracting(RowChange::pk).containsExactly(2L);
    }
  }

  @Test
  void moreThanTheLimit_isToldInParts() throws Exception {
    try (ChangeFeed feed = ChangeFeed.on(file).limit(10).start(heard)) {
      execute(
          connection,
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 95)"
              + " INSERT INTO todo SELECT i, 'a', 0 FROM n");
      List<ChangeBatch> batches = new ArrayList<>();
      do {
        batches.add(heard.next());
      } while (!batches.get(batches.size() - 1).complete());
      assertThat(batches).hasSize(10).allMatch(batch -> batch.rows().size() <= 10);
      assertThat(batches.stream().flatMap(batch -> batch.rows().stream()).map(RowChange::pk))
          .containsExactlyElementsOf(Stream.iterate(1L, i -> i + 1).limit(95).toList());
    }
  }

  @Test
  void after_goesOnWhereAnEarlierFeedWas() throws Exception {
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
    long until;
    try (ChangeFeed feed = ChangeFeed.on(file).after(0).start(heard)) {
      until = heard.next().until();
    }
    execute(connection, "INSERT INTO todo VALUES(2, 'b', 0)");
    try (ChangeFeed feed = ChangeFeed.on(file).after(until).start(heard)) {
      assertThat(heard.next().rows()).extracting(RowChange::pk).containsExactly(2L);
    }
  }

  @Test
  void listenerThatThrows_stopsNobody() throws Exception {
    BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    ChangeListener broken =
        batch -> {
          throw new IllegalStateException("broken");
        };
    try (ChangeFeed feed = ChangeFeed.on(file).onError(errors::add).start(broken, heard)) {
      execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
      heard.next();
      execute(connection, "INSERT INTO todo VALUES(2, 'b', 0)");
      heard.next();
      assertThat(errors.poll(30, TimeUnit.SECONDS)).hasMessage("broken");
      assertThat(errors.poll(30, TimeUnit.SECONDS)).hasMessage("broken");
    }
  }

  @Test
  void listenerThatWrites_isToldOfItsOwnWrite() throws Exception {
    ChangeListener writer =
        batch -> {
          if (batch.rows().get(0).pk().equals(1L)) {
            execute(connection, "INSERT INTO todo VALUES(2, 'answer', 0)");
          }
        };
    execute(connection, "PRAGMA journal_mode = DELETE");
    try (ChangeFeed feed = ChangeFeed.on(file).start(writer, heard)) {
      execute(connection, "INSERT INTO todo VALUES(1, 'question', 0)");
      assertThat(heard.rows(2)).extracting(RowChange::pk).containsExactly(1L, 2L);
    }
  }

  @Test
  void close_byAListener_isTheLastThatIsTold() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    ChangeFeed feed = ChangeFeed.on(file).start();
    feed.add(
        batch -> {
          feed.close();
          told.countDown();
        });
    feed.add(heard);
    execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    feed.close();
    execute(connection, "INSERT INTO todo VALUES(2, 'b', 0)");
    try (ChangeFeed next = ChangeFeed.on(file).after(0).start(heard)) {
      assertThat(heard.next().rows()).hasSize(2);
    }
  }

  @Test
  void poke_looksAtOnce() throws Exception {
    try (ChangeFeed feed = ChangeFeed.on(file).every(Duration.ofDays(1)).start(heard)) {
      execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
      feed.poke();
      assertThat(heard.next().rows()).hasSize(1);
    }
  }

  @Test
  void dataSource_givesOneConnectionAndGetsItBack() throws Exception {
    CountingSource source = new CountingSource("jdbc:sqlite:" + file);
    try (ChangeFeed feed = ChangeFeed.on(source).start(heard)) {
      execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
      heard.next();
      assertThat(source.open()).isEqualTo(1);
    }
    assertThat(source.open()).isZero();
  }

  @Test
  void start_connectionThatHasRolledBack_stillHearsVersionsIssuedAgain() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:crsql:" + file);
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection pooled = pool.getConnection()) {
        pooled.setAutoCommit(false);
        execute(pooled, "INSERT INTO todo VALUES(1, 'no', 0), (2, 'no', 0)");
        pooled.rollback();
        pooled.setAutoCommit(true);
        assertThat(Replica.of(pooled).clock()).isEqualTo(4);
      }
      try (ChangeFeed feed = ChangeFeed.on(pool).start(heard)) {
        execute(connection, "INSERT INTO todo VALUES(3, 'yes', 0)");
        assertThat(heard.next().rows()).extracting(RowChange::pk).containsExactly(3L);
      }
    }
  }

  @Test
  void databaseThatCannotBeRead_isTriedAgain() throws Exception {
    BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + file + "?busy_timeout=0");
    execute(connection, "PRAGMA journal_mode = DELETE");
    try (ChangeFeed feed = ChangeFeed.on(source).onError(errors::add).start(heard)) {
      execute(connection, "BEGIN EXCLUSIVE");
      execute(connection, "INSERT INTO todo VALUES(1, 'a', 0)");
      assertThat(errors.poll(30, TimeUnit.SECONDS)).isInstanceOf(SQLException.class);
      execute(connection, "COMMIT");
      assertThat(heard.next().rows()).hasSize(1);
    }
  }

  @Test
  void writersAtOnce_everyRowIsTold() throws Exception {
    int writers = 3;
    int each = 200;
    try (ChangeFeed feed = ChangeFeed.on(file).limit(7).start(heard)) {
      List<Thread> threads = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int first = w * each;
        Thread thread = new Thread(() -> insert(first, each));
        thread.start();
        threads.add(thread);
      }
      Set<Object> told = new HashSet<>();
      while (told.size() < writers * each) {
        heard.next().rows().forEach(row -> told.add(row.pk()));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private void insert(int first, int count) {
    try (Connection own = Crsql.open(file)) {
      for (int i = first; i < first + count; i++) {
        execute(own, "INSERT INTO todo VALUES(" + i + ", 'a', 0)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void settingsThatMakeNoSense_areRefused() {
    assertThatThrownBy(() -> ChangeFeed.on(file).every(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChangeFeed.on(file).limit(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChangeFeed.on(folder.resolve("none/app.db")).start())
        .isInstanceOf(SQLException.class);
  }

  private RowChange local(Object pk, String... columns) throws SQLException {
    return new RowChange("todo", pk, Set.of(columns), false, Set.of(replica.siteId()), true, false);
  }
}
