package io.crsql.cli;

import io.crsql.jdbc.Crsql;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;

/** A database file, open, with the extension loaded. */
final class Database implements AutoCloseable {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final Connection connection;

  private Database(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /** Opens a file that must be there and be a database. */
  static Database open(Path file) throws SQLException {
    check(file);
    return create(file);
  }

  /** Opens a file, made if it is not there. */
  static Database create(Path file) throws SQLException {
    try {
      Connection connection = Crsql.open(file);
      // The driver would run a query after each INSERT, for a key that nobody asks for.
      SQLiteConnection driver = connection.unwrap(SQLiteConnection.class);
      driver.getConnectionConfig().setGetGeneratedKeys(false);
      return new Database(file, connection);
    } catch (SQLException e) {
      throw new Failure(file + ": " + Errors.message(e), e);
    }
  }

  private static void check(Path file) {
    if (Files.isDirectory(file)) {
      throw new Failure(file + ": is a folder, not a database");
    } else if (!Files.exists(file)) {
      throw new Failure(file + ": no such file");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] start = stream.readNBytes(MAGIC.length);
      if (start.length > 0 && !Arrays.equals(start, MAGIC)) {
        throw new Failure(file + ": not an SQLite database");
      }
    } catch (IOException e) {
      throw new Failure(file + ": cannot be read", e);
    }
  }

  /** The file as the user named it. */
  Path file() {
    return file;
  }

  Connection connection() {
    return connection;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The clock: what is merged or written from now on has a larger db_version. */
  long clock() throws SQLException {
    return number("SELECT crsql_db_version()");
  }

  /** The first column of a query's one row. */
  long number(String sql, Object... parameters) throws SQLException {
    return rows(sql, row -> row.getLong(1), parameters).get(0);
  }

  /** The first column of a query's one row, as text; null if it is NULL. */
  String text(String sql, Object... parameters) throws SQLException {
    return rows(sql, row -> row.getString(1), parameters).get(0);
  }

  /** What is read from each of a query's rows. */
  <T> List<T> rows(String sql, Reading<T> reading, Object... parameters) throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql)) {
      bind(statement, parameters);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reading.of(row));
        }
      }
    }
    return rows;
  }

  /** What is equal if, and only if, two databases have converged. */
  String fingerprint() throws SQLException {
    return text("SELECT lower(crsql_fingerprint())");
  }

  /**
   * Whether the file has crsql's tables. Where it has none, asking for its site id would make them.
   */
  boolean isReplica() throws SQLException {
    return number("SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_sites'") > 0;
  }

  static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  byte[] siteId() throws SQLException {
    return rows("SELECT crsql_site_id()", row -> row.getBytes(1)).get(0);
  }

  /** Reads in one transaction: all of it from the same state of the file. */
  void read(Work work) throws SQLException {
    transaction(TransactionMode.DEFERRED, work);
  }

  /** Writes in one transaction, all or nothing. */
  void write(Work work) throws SQLException {
    transaction(TransactionMode.IMMEDIATE, work);
  }

  private void transaction(TransactionMode mode, Work work) throws SQLException {
    connection.unwrap(SQLiteConnection.class).setCurrentTransactionMode(mode);
    connection.setAutoCommit(false);
    try {
      work.run();
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException inRollback) {
        // SQLite rolls back by itself after some errors; the first one is what matters
        e.addSuppressed(inRollback);
      }
      throw e;
    }
    connection.setAutoCommit(true);
  }

  /** Reads a query's present row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  /** What is done in a transaction. */
  interface Work {
    void run() throws SQLException;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
