package io.crsql.bench.hub;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.client.SyncClient;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A client with a database of its own, which it writes and keeps in sync. */
final class Writer implements AutoCloseable {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Connection connection;
  private final SyncClient client;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final String name;
  private long rows;

  Writer(Path file, String schema, URI hub) throws SQLException {
    name = file.getFileName().toString();
    connection = Crsql.open(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
      for (String one : schema.split(";\n")) {
        statement.execute(one);
      }
    }
    insert = connection.prepareStatement("INSERT INTO item VALUES(?1, ?2, 0)");
    update = connection.prepareStatement("UPDATE item SET note = ?2 WHERE id = ?1");
    client =
        SyncClient.of(file, hub).options(SessionOptions.DEFAULT.withAgent("bench writer")).start();
  }

  /** Writes new rows in one transaction, which tell when they were written. */
  void insert(int count) throws SQLException {
    connection.setAutoCommit(false);
    for (int i = 0; i < count; i++) {
      insert.setString(1, name + "-" + rows++);
      insert.setString(2, Mark.now());
      insert.executeUpdate();
    }
    connection.setAutoCommit(true);
    client.poke();
  }

  /** Writes the first row anew. */
  void update() throws SQLException {
    update.setString(1, name + "-0");
    update.setString(2, Mark.now());
    update.executeUpdate();
    client.poke();
  }

  /** Fills the table without marks. */
  void fill(int count) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO item WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
                + " i < ?1) SELECT hex(randomblob(8)), hex(randomblob(20)), i FROM n")) {
      statement.setInt(1, count);
      statement.executeUpdate();
    }
    client.poke();
  }

  /** Waits until the hub has all of it, and it all of the hub's. */
  void await() throws InterruptedException {
    if (!client.awaitUpToDate(LONG)) {
      throw new IllegalStateException(name + " is not up to date: " + client.status());
    }
  }

  @Override
  public void close() throws SQLException {
    client.close();
    connection.close();
  }
}
