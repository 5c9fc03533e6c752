package io.crsql.sync.jdbc;

import io.crsql.jdbc.Crsql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database in a test, as an application has it open. */
public final class Database implements AutoCloseable {
  /** A replicated table to begin with. */
  public static final String[] TODO = {
    "CREATE TABLE todo(id PRIMARY KEY, title, done)", "SELECT crsql_as_crr('todo')"
  };

  private final Path file;
  private final Connection connection;

  /** Opens a file, and runs statements. */
  public Database(Path file, String... statements) throws SQLException {
    this.file = file;
    connection = Crsql.open(file);
    for (String statement : statements) {
      run(statement);
    }
  }

  /** One with a replicated table. */
  public static Database todo(Path file) throws SQLException {
    return new Database(file, TODO);
  }

  public Path file() {
    return file;
  }

  public Connection connection() {
    return connection;
  }

  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Inserts rows with ids from one to another. */
  public void insert(int from, int to) throws SQLException {
    run(
        "INSERT INTO todo WITH RECURSIVE n(i) AS (SELECT "
            + from
            + " UNION ALL SELECT i + 1 FROM n WHERE i < "
            + to
            + ") SELECT i, hex(randomblob(40)), 0 FROM n");
  }

  public String text(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }

  public long count() throws SQLException {
    return Long.parseLong(text("SELECT count(*) FROM todo"));
  }

  public String fingerprint() throws SQLException {
    return text("SELECT lower(crsql_fingerprint())");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
