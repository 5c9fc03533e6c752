package io.crsql.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * SQLite connections that have crsql's functions and its table {@code crsql_changes}.
 *
 * <pre>{@code
 * try (Connection connection = Crsql.open(Path.of("app.db"));
 *     Statement statement = connection.createStatement()) {
 *   statement.execute("CREATE TABLE todo(id PRIMARY KEY, what)");
 *   statement.execute("SELECT crsql_as_crr('todo')");
 * }
 * }</pre>
 *
 * <p>{@link CrsqlDriver} and {@link CrsqlDataSource} do the same for programs that take a URL or a
 * DataSource.
 *
 * <p>The extension is the library that the system property {@value #LIBRARY} names, else the one on
 * the class path that was built for this system and processor.
 */
public final class Crsql {
  /** The system property that names the extension's file, in place of the bundled one. */
  public static final String LIBRARY = "crsql.library";

  static final int BUSY_TIMEOUT_MILLIS = 5_000;

  private Crsql() {}

  /**
   * Opens a database with the extension loaded, and creates it if there is none. A statement that
   * finds the file locked by another connection waits for it up to five seconds.
   *
   * @throws SQLException if the file cannot be opened, or for the reasons of {@link #library()}
   */
  public static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    // A URI, because the driver would take a '?' in a plain name for the start of its parameters.
    return opened(JDBC.PREFIX + file.toUri(), config.toProperties());
  }

  /** Opens what a URL of sqlite-jdbc names, and begins to sync it if that is asked for. */
  static SQLiteConnection opened(String url, Properties properties) throws SQLException {
    SyncTarget target = SyncTarget.take(url, properties);
    return ready(JDBC.createConnection(target.url(), properties), target);
  }

  /** The connection, with the extension loaded, or closed if that fails. */
  private static SQLiteConnection ready(SQLiteConnection connection, SyncTarget target)
      throws SQLException {
    try {
      install(connection);
      target.begin(connection);
    } catch (SQLException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException inClose) {
        e.addSuppressed(inClose);
      }
      throw e;
    }
    return connection;
  }

  /**
   * Loads the extension into a connection of the driver sqlite-jdbc, or one that wraps such a
   * connection, as those of pools do. It does nothing if the connection has the extension. Where
   * the connection does not allow extensions, they are allowed for this one call only, so that SQL
   * from elsewhere cannot load any.
   *
   * @throws SQLException if it is not such a connection, or for the reasons of {@link #library()}
   */
  public static void install(Connection connection) throws SQLException {
    if (isInstalled(connection)) {
      return;
    }
    String library = library().toString();
    try {
      load(connection, library);
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("not authorized")) {
        throw e;
      }
      loadOnce(connection.unwrap(SQLiteConnection.class), library);
    }
  }

  /** It only prepares a statement, which begins no transaction and takes microseconds. */
  private static boolean isInstalled(Connection connection) throws SQLException {
    try {
      connection.prepareStatement("SELECT crsql_version()").close();
      return true;
    } catch (SQLException e) {
      if (String.valueOf(e.getMessage()).contains("no such function")) {
        return false;
      }
      throw e;
    }
  }

  private static void loadOnce(SQLiteConnection connection, String library) throws SQLException {
    connection.getDatabase().enable_load_extension(true);
    try {
      load(connection, library);
    } finally {
      connection.getDatabase().enable_load_extension(false);
    }
  }

  private static void load(Connection connection, String library) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT load_extension(?)")) {
      statement.setString(1, library);
      statement.execute();
    }
  }

  /**
   * The extension's file, for hosts other than JDBC. A bundled extension is first copied to the
   * user's cache folder.
   *
   * @throws SQLException if none is bundled for this system, or it cannot be copied; the message
   *     says what to do
   */
  public static Path library() throws SQLException {
    return Library.file();
  }
}
