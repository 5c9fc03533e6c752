package io.crsql.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A connection that tells whether others have committed, and what. */
final class Watch implements AutoCloseable {
  private final Lease lease;
  private final Replica replica;
  private final PreparedStatement dataVersion;

  /** The data_version up to which there is nothing to be read; 0 is none. */
  private long seen;

  private Watch(Lease lease) throws SQLException {
    this.lease = lease;
    Connection connection = lease.connection();
    this.replica = Replica.of(connection);
    this.dataVersion = connection.prepareStatement("PRAGMA data_version");
  }

  static Watch open(DataSource source) throws SQLException {
    Lease lease = Lease.from(source);
    try {
      return new Watch(lease);
    } catch (SQLException | RuntimeException e) {
      lease.closeAfter(e);
      throw e;
    }
  }

  /**
   * The db_version up to which all has been committed. It is the own arrival in the vector, and not
   * the clock, which counts what this connection has rolled back before it was borrowed.
   */
  long committed() throws SQLException {
    Map<SiteId, Held> sites = replica.sites(replica.versionVector());
    // without sites nothing has arrived, and to ask for the own one would make it
    return sites.isEmpty() ? 0 : sites.get(replica.siteId()).arrival();
  }

  /** Whether there may be something to be read. */
  boolean moved() throws SQLException {
    return dataVersion() != seen;
  }

  private long dataVersion() throws SQLException {
    try (ResultSet row = dataVersion.executeQuery()) {
      return row.getLong(1);
    }
  }

  /**
   * What was committed after a db_version. It is cut, between two db_versions, when it has as many
   * rows as that. No transaction is open afterwards, so that listeners may write.
   */
  ChangeBatch read(long after, int limit) throws SQLException {
    long version = dataVersion();
    RowChanges rows = new RowChanges();
    long until = after;
    boolean complete = true;
    try (Stream<Change> changes = replica.changes(after)) {
      for (Iterator<Change> all = changes.iterator(); all.hasNext(); ) {
        Change change = all.next();
        if (rows.size() >= limit && change.dbVersion() != until) {
          complete = false;
          break;
        }
        rows.add(change);
        until = change.dbVersion();
      }
    } catch (UncheckedSqlException e) {
      throw e.getCause();
    }
    if (complete) {
      seen = version;
    }
    return new ChangeBatch(rows.list(), complete, until);
  }

  @Override
  public void close() throws SQLException {
    try (lease) {
      dataVersion.close();
    }
  }
}
