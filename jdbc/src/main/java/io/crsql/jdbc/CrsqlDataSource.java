package io.crsql.jdbc;

import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * A DataSource whose connections have the extension loaded: sqlite-jdbc's own, with all its
 * options. Each call opens a connection; put a pool in front of it where that matters.
 *
 * <pre>{@code
 * CrsqlDataSource source = new CrsqlDataSource();
 * source.setUrl("jdbc:crsql:app.db");
 * source.setJournalMode("WAL");
 * }</pre>
 *
 * <p>Thread-safe once it has been set up.
 */
public class CrsqlDataSource extends SQLiteDataSource {
  private @Nullable String syncToken;

  /**
   * A source of connections to a database in memory, until {@link #setUrl} says which. They wait up
   * to five seconds for a locked database.
   */
  public CrsqlDataSource() {
    this(defaults());
  }

  /**
   * The same with options of the caller's. They hold as they are: its busy timeout too, which is
   * three seconds in a new {@link SQLiteConfig}.
   */
  public CrsqlDataSource(SQLiteConfig config) {
    super(config);
    super.setUrl(JDBC.PREFIX);
  }

  private static SQLiteConfig defaults() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Crsql.BUSY_TIMEOUT_MILLIS);
    return config;
  }

  /**
   * The database: {@code jdbc:crsql:} and what {@link CrsqlDriver} says, or {@code jdbc:sqlite:}.
   */
  @Override
  public void setUrl(String url) {
    boolean own = url.regionMatches(true, 0, CrsqlDriver.PREFIX, 0, CrsqlDriver.PREFIX.length());
    super.setUrl(own ? CrsqlDriver.sqlite(url) : url);
  }

  /** The database's URL as sqlite-jdbc has it, {@code jdbc:sqlite:} and so on. */
  @Override
  public String getUrl() {
    return super.getUrl();
  }

  /**
   * What gives access to the hub that the URL's option {@code sync} names, for those who keep it
   * out of URLs.
   */
  public void setSyncToken(@Nullable String token) {
    syncToken = token;
  }

  /** Opens a connection. SQLite knows no users. */
  @Override
  public SQLiteConnection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties properties = getConfig().toProperties();
    if (getConfig().getBusyTimeout() == Crsql.BUSY_TIMEOUT_MILLIS
        && CrsqlDriver.setsBusyTimeout(getUrl())) {
      // the driver would prefer it to the URL's option
      properties.remove(Pragma.BUSY_TIMEOUT.pragmaName);
    }
    if (syncToken != null) {
      properties.setProperty(SyncTarget.TOKEN, syncToken);
    }
    return Crsql.opened(getUrl(), properties);
  }
}
