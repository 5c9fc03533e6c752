package io.crsql.example.desktop;

import io.crsql.jdbc.ChangeFeed;
import io.crsql.jdbc.CrsqlDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The tickets on this device: plain SQL on a file. That it syncs is in the file's URL. Thread-safe.
 */
final class TicketBook implements AutoCloseable {
  private final Connection connection;
  private final ChangeFeed feed;

  /**
   * Opens a file.
   *
   * @param url {@code jdbc:crsql:tickets.db}, and {@code ?sync=ws://...} to sync it
   * @param token what gives access to the hub
   */
  TicketBook(String url, String token) throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl(url);
    source.setSyncToken(token);
    source.setJournalMode("WAL");
    connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS ticket("
              + "id TEXT PRIMARY KEY NOT NULL, title TEXT, status TEXT DEFAULT 'open', note TEXT)");
      statement.execute("SELECT crsql_as_crr('ticket')");
    }
    feed = ChangeFeed.on(source).start();
  }

  /** Has a task run after every change, whether made here or on another device. */
  void onChange(Runnable task) {
    feed.add(batch -> task.run());
  }

  synchronized List<Ticket> all() throws SQLException {
    List<Ticket> tickets = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, title, status, note FROM ticket ORDER BY title, id")) {
      while (row.next()) {
        tickets.add(
            new Ticket(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
      }
    }
    return tickets;
  }

  void open(String title) throws SQLException {
    update("INSERT INTO ticket(id, title) VALUES(?, ?)", UUID.randomUUID().toString(), title);
  }

  void setStatus(String id, String status) throws SQLException {
    update("UPDATE ticket SET status = ? WHERE id = ?", status, id);
  }

  void setNote(String id, String note) throws SQLException {
    update("UPDATE ticket SET note = ? WHERE id = ?", note, id);
  }

  private synchronized void update(String sql, String... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
    feed.poke();
  }

  @Override
  public void close() throws SQLException {
    feed.close();
    connection.close();
  }
}
