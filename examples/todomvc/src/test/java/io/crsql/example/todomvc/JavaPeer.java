package io.crsql.example.todomvc;

import io.crsql.jdbc.CrsqlDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A Java program with the same items, by nothing but JDBC. */
final class JavaPeer implements AutoCloseable {
  private final Connection connection;

  JavaPeer(Path file, String hub, String token) throws SQLException {
    CrsqlDataSource source = new CrsqlDataSource();
    source.setUrl("jdbc:crsql:" + file + "?sync=" + hub);
    source.setSyncToken(token);
    source.setJournalMode("WAL");
    connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create table todo(id text primary key not null, title text, done integer, created"
              + " integer)");
      statement.execute("select crsql_as_crr('todo')");
    }
  }

  void add(String title) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into todo values(?, ?, 0, ?)")) {
      statement.setString(1, UUID.randomUUID().toString());
      statement.setString(2, title);
      statement.setLong(3, System.currentTimeMillis());
      statement.executeUpdate();
    }
  }

  /** As a story writes them. */
  String items() throws SQLException {
    List<String> items = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select title, done from todo order by created, id")) {
      while (row.next()) {
        items.add("[" + (row.getBoolean(2) ? "x" : " ") + "] " + row.getString(1));
      }
    }
    return String.join("; ", items);
  }

  String fingerprint() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select crsql_fingerprint()")) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
