package io.crsql.host.nativ;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** A connection of sqlite-jdbc's own SQLite, in memory, with a library loaded. */
final class Connected implements AutoCloseable {
  private final Connection connection;

  Connected(Path library) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.enableLoadExtension(true);
    connection = config.createConnection("jdbc:sqlite::memory:");
    value("select load_extension(?, ?)", library.toString(), Libraries.ENTRY_POINT);
  }

  /** Runs statements without parameters. */
  void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first value of the first row. */
  Object value(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? rows.getObject(1) : "no row";
      }
    }
  }

  /** All rows, as {@code a|b c|d}. */
  String rows(String sql) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        text.append(text.length() == 0 ? "" : " ");
        for (int i = 1; i <= columns; i++) {
          text.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
