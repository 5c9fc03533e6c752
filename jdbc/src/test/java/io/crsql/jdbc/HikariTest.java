package io.crsql.jdbc;

import static io.crsql.jdbc.CrsqlDriverTest.execute;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with the connection pool HikariCP. */
@Timeout(120)
class HikariTest {
  @TempDir Path folder;

  @Test
  void dataSource_writersAndAFeedShareThePool() throws Exception {
    CrsqlDataSource database = new CrsqlDataSource();
    database.setUrl("jdbc:crsql:" + folder.resolve("app.db"));
    database.setJournalMode("WAL");
    HikariConfig config = new HikariConfig();
    config.setDataSource(database);
    useAtOnce(config);
  }

  @Test
  void url_isServedByTheDriver() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:crsql:" + folder.resolve("app.db") + "?journal_mode=WAL");
    config.addDataSourceProperty("synchronous", "NORMAL");
    useAtOnce(config);
  }

  private void useAtOnce(HikariConfig config) throws Exception {
    config.setMaximumPoolSize(4);
    Heard heard = new Heard();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      Replica replica = Replica.of(pool);
      try (Connection connection = pool.getConnection()) {
        execute(connection, "CREATE TABLE t(id INTEGER PRIMARY KEY, a)");
      }
      replica.asCrr("t");
      try (ChangeFeed feed = ChangeFeed.on(pool).start()) {
        feed.add(heard);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          int id = i;
          writers.add(threads.submit(() -> insert(pool, id)));
        }
        for (Future<?> writer : writers) {
          writer.get();
        }
        assertThat(heard.rows(60)).extracting(RowChange::pk).doesNotHaveDuplicates().hasSize(60);
      }
      assertThat(replica.verify()).isEmpty();
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void insert(HikariDataSource pool, int id) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      execute(connection, "INSERT INTO t VALUES(" + id + ", 'a')");
    }
    return null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void existingPool_install_addsTheExtension(boolean autoCommit) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:sqlite:" + folder.resolve("app.db"));
    config.setAutoCommit(autoCommit);
    config.setMaximumPoolSize(1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (int i = 0; i < 3; i++) {
        try (Connection connection = pool.getConnection()) {
          Crsql.install(connection);
          execute(connection, "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, a)");
          Replica.of(connection).asCrr("t");
          execute(connection, "INSERT INTO t(a) VALUES('a')");
          if (!autoCommit) {
            connection.commit();
          }
        }
      }
      try (Stream<Change> changes = Replica.of(pool).changes(0)) {
        assertThat(changes).hasSize(3);
      }
    }
  }
}
