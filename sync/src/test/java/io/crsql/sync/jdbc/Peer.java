package io.crsql.sync.jdbc;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.SyncSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database in a test. */
final class Peer implements AutoCloseable {
  final Connection connection;
  final JdbcStore store;

  Peer(Path file, String... statements) throws SQLException {
    connection = Crsql.open(file);
    store = new JdbcStore(connection);
    for (String statement : statements) {
      run(statement);
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  String fingerprint() throws SQLException {
    return text("SELECT hex(crsql_fingerprint())");
  }

  /** Lets two sessions talk until both are silent. */
  static void talk(SyncSession a, SyncSession b) {
    boolean moved = true;
    while (moved) {
      moved = carry(a, b);
      moved |= carry(b, a);
    }
  }

  /** Carries what one session has for the other; false if that is nothing. */
  static boolean carry(SyncSession from, SyncSession to) {
    from.pump();
    boolean moved = false;
    for (byte[] frame = from.poll(); frame != null; frame = from.poll()) {
      to.receive(frame, 0, frame.length);
      moved = true;
    }
    return moved;
  }

  @Override
  public void close() throws SQLException {
    store.close();
    connection.close();
  }
}
