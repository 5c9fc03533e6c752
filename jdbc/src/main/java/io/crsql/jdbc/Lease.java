package io.crsql.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection for one call.
 *
 * @param connection has the extension
 * @param borrowed whether it goes back at the end
 */
record Lease(Connection connection, boolean borrowed) implements AutoCloseable {
  /** Where calls get their connection from. */
  @FunctionalInterface
  interface Lessor {
    Lease lease() throws SQLException;
  }

  static Lease from(DataSource source) throws SQLException {
    Lease lease = new Lease(source.getConnection(), true);
    try {
      Crsql.install(lease.connection);
      return lease;
    } catch (SQLException | RuntimeException e) {
      lease.closeAfter(e);
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    if (borrowed) {
      connection.close();
    }
  }

  /** Closes because of another exception, which is to be told. */
  void closeAfter(Exception cause) {
    try {
      close();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
