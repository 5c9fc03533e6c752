package io.crsql.server;

import io.crsql.jdbc.Crsql;
import io.crsql.sync.jdbc.JdbcStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteConnection;

/**
 * A database's two connections: one that writes, and one that reads what is committed meanwhile.
 * Not thread-safe.
 */
final class OpenDatabase implements AutoCloseable {
  private static final long LARGEST_IDLE_LOG = 64 << 20;

  private final Connection writer;
  private final Connection reader;
  final JdbcStore write;
  final JdbcStore read;
  private long dataVersion;

  private OpenDatabase(Connection writer, Connection reader) {
    this.writer = writer;
    this.reader = reader;
    this.write = new JdbcStore(writer);
    this.read = new JdbcStore(reader);
    this.dataVersion = write.dataVersion();
  }

  /** Opens a file, made if there is none; an empty database is set up by the SQL. */
  static OpenDatabase open(Path file, Optional<String> schema) throws SQLException {
    Connection writer = connect(file);
    try {
      run(writer, "PRAGMA journal_mode = WAL");
      run(writer, "PRAGMA synchronous = FULL");
      run(writer, "PRAGMA journal_size_limit = " + LARGEST_IDLE_LOG);
      if (schema.isPresent() && isEmpty(writer)) {
        run(writer, "BEGIN IMMEDIATE");
        run(writer, schema.get());
        run(writer, "COMMIT");
      }
      Connection reader = connect(file);
      run(reader, "PRAGMA query_only = 1");
      return new OpenDatabase(writer, reader);
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = Crsql.open(file);
    // The driver would run a query after each INSERT, for a key that nobody asks for.
    connection.unwrap(SQLiteConnection.class).getConnectionConfig().setGetGeneratedKeys(false);
    return connection;
  }

  private static boolean isEmpty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      return row.getLong(1) == 0;
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  void begin() throws SQLException {
    run(writer, "BEGIN IMMEDIATE");
  }

  /** Commits; if that fails, nothing of the transaction stays. */
  void commit() throws SQLException {
    try {
      run(writer, "COMMIT");
    } catch (SQLException e) {
      try {
        run(writer, "ROLLBACK");
      } catch (SQLException inRollback) {
        // SQLite rolls back by itself after some errors; the first one is what matters
        e.addSuppressed(inRollback);
      }
      throw e;
    }
  }

  /** Whether another process has written it since this was last asked. */
  boolean writtenByOthers() {
    long version = write.dataVersion();
    boolean written = version != dataVersion;
    dataVersion = version;
    return written;
  }

  @Override
  public void close() throws SQLException {
    try (writer;
        reader) {
      write.close();
      read.close();
    }
  }
}
