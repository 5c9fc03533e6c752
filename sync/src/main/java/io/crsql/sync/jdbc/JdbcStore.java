package io.crsql.sync.jdbc;

import io.crsql.sync.SqlStore;
import io.crsql.sync.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A database for sync sessions, on one connection that has crsql loaded and that nobody else uses
 * meanwhile. Any number of sessions may share it. Not thread-safe.
 */
public final class JdbcStore extends SqlStore implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** Sessions of a connection's main database; {@link #close} leaves the connection open. */
  public JdbcStore(Connection connection) {
    this.connection = connection;
  }

  /** What a vector says of each site that it mentions, in the order of sites. */
  public List<Held> sites(byte[] vector) {
    return ask(
        "SELECT site, version, arrival FROM crsql_vector(?1)",
        rows -> {
          List<Held> sites = new ArrayList<>();
          while (rows.next()) {
            String site = HexFormat.of().formatHex(rows.blob(0));
            sites.add(new Held(site, rows.number(1), rows.number(2)));
          }
          return sites;
        },
        vector);
  }

  /**
   * What a vector says of a site: versions and arrivals are those of docs/changeset-format.md.
   *
   * @param site in hexadecimal digits
   * @param version up to which version all of its writes are held
   * @param arrival up to which clock of its own all that it held is held
   */
  public record Held(String site, long version, long arrival) {
    /** The version of a site among those of a vector; 0 if it is not mentioned. */
    public static long version(List<Held> sites, String site) {
      return of(sites, site).version;
    }

    /** The arrival of a site among those of a vector; 0 if it is not mentioned. */
    public static long arrival(List<Held> sites, String site) {
      return of(sites, site).arrival;
    }

    private static Held of(List<Held> sites, String site) {
      return sites.stream()
          .filter(held -> held.site.equals(site))
          .findFirst()
          .orElse(new Held(site, 0, 0));
    }
  }

  /** Whether who holds {@code vector} holds all of {@code other}. */
  public boolean covers(byte[] vector, byte[] other) {
    return number("SELECT crsql_vector_covers(?1, ?2)", vector, other) == 1;
  }

  /** Grows when another connection has committed. */
  public long dataVersion() {
    return number("PRAGMA data_version");
  }

  /** Closes the store's statements. */
  @Override
  public void close() {
    for (PreparedStatement statement : statements.values()) {
      call(
          () -> {
            statement.close();
            return null;
          });
    }
    statements.clear();
  }

  @Override
  protected <T> T ask(String sql, Reading<T> reading, Object... parameters) {
    return call(
        () -> {
          PreparedStatement statement = prepared(sql);
          try {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
              return reading.of(new ResultRows(rows));
            }
          } catch (SQLException | StoreException e) {
            // The driver does not run a statement again that has failed.
            forget(sql, statement, e);
            throw e;
          }
        });
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private void forget(String sql, PreparedStatement statement, Exception reason) {
    statements.remove(sql);
    try {
      statement.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** What is asked of the database. */
  private interface Call<T> {
    T run() throws SQLException;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }
}
