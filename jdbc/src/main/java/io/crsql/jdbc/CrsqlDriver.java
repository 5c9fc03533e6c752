package io.crsql.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig.Pragma;

/**
 * The driver for {@code jdbc:crsql:app.db}: connections of sqlite-jdbc with the extension loaded.
 *
 * <p>What follows {@value #PREFIX} means what it means after {@code jdbc:sqlite:}: a file, {@code
 * :memory:}, a {@code file:} URI, {@code :resource:}, and options behind a {@code ?}. Properties
 * are those of sqlite-jdbc too. The one difference: a statement that finds the database locked by
 * another connection waits for it up to five seconds, unless the property or option {@code
 * busy_timeout}, in milliseconds, says otherwise.
 *
 * <p>Two options, or properties, are crsql's own. {@code sync} is the URL of a hub: the database,
 * which must be in a file, is kept in sync with it from then on, by one connection of the process
 * in the background, for as long as the process runs. {@code sync_token} is what gives access
 * there. Both need {@code io.crsql:crsql-sync}; see {@link SyncProvider}.
 *
 * <p>{@link DriverManager} finds it by itself. It is thread-safe.
 */
public final class CrsqlDriver implements Driver {
  /** How its URLs begin, in any case. */
  public static final String PREFIX = "jdbc:crsql:";

  private static final Pattern BUSY_TIMEOUT =
      Pattern.compile("^[^?]*\\?(.*&)?\\s*busy_timeout\\s*=", Pattern.CASE_INSENSITIVE);

  static {
    try {
      DriverManager.registerDriver(new CrsqlDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** A driver, for those that do not ask {@link DriverManager}. */
  public CrsqlDriver() {}

  /**
   * Opens a database, and creates it if there is none.
   *
   * @return null if the URL is another driver's
   * @throws SQLException if it cannot be opened, or for the reasons of {@link Crsql#library()}
   */
  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    Properties properties = new Properties();
    if (!setsBusyTimeout(url)) {
      // a property would be preferred to the option
      properties.setProperty(
          Pragma.BUSY_TIMEOUT.pragmaName, String.valueOf(Crsql.BUSY_TIMEOUT_MILLIS));
    }
    if (info != null) {
      properties.putAll(info);
    }
    return Crsql.opened(sqlite(url), properties);
  }

  /** Whether the URL begins with {@value #PREFIX}. */
  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  static boolean setsBusyTimeout(String url) {
    return BUSY_TIMEOUT.matcher(url).find();
  }

  /** The URL of the same database for sqlite-jdbc. */
  static String sqlite(String url) {
    return JDBC.PREFIX + url.substring(PREFIX.length());
  }

  /** The properties that sqlite-jdbc knows. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    return new JDBC().getPropertyInfo(url, info);
  }

  /** That of sqlite-jdbc. */
  @Override
  public int getMajorVersion() {
    return new JDBC().getMajorVersion();
  }

  /** That of sqlite-jdbc. */
  @Override
  public int getMinorVersion() {
    return new JDBC().getMinorVersion();
  }

  /** False, as of sqlite-jdbc: SQLite's SQL is not all of SQL 92. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  /** The root of what this package logs, which is nothing. */
  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("io.crsql.jdbc");
  }
}
