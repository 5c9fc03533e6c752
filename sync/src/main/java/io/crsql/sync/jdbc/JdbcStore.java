package io.crsql.sync.jdbc;

import io.crsql.sync.Store;
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
public final class JdbcStore implements Store, AutoCloseable {
  private static final byte[] NOBODY = new byte[16];

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private byte[] schema;
  private long digested = -1;

  /** Sessions of a connection's main database; {@link #close} leaves the connection open. */
  public JdbcStore(Connection connection) {
    this.connection = connection;
  }

  @Override
  public byte[] site() {
    return hasReplicas() ? blob("SELECT crsql_site_id()") : NOBODY.clone();
  }

  @Override
  public long schemaVersion() {
    return number("PRAGMA schema_version");
  }

  @Override
  public byte[] schema() {
    long version = schemaVersion();
    if (version != digested) {
      schema = call(() -> SchemaNames.digest(connection));
      digested = version;
    }
    return schema.clone();
  }

  @Override
  public byte[] vector() {
    return blob("SELECT crsql_version_vector()");
  }

  @Override
  public long clock() {
    return hasReplicas() ? number("SELECT crsql_db_version()") : 0;
  }

  @Override
  public List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks) {
    return ask(
        "SELECT changeset, last, until, rows FROM crsql_changesets(?1, ?2) LIMIT ?3",
        row -> {
          List<Chunk> chunks = new ArrayList<>();
          long room = (long) maxBytes * maxChunks;
          while (room > 0 && row.next()) {
            byte[] changeset = row.getBytes(1);
            chunks.add(new Chunk(changeset, row.getInt(2) == 1, row.getLong(3), row.getLong(4)));
            room -= changeset.length;
          }
          return chunks;
        },
        since,
        maxBytes,
        maxChunks);
  }

  @Override
  public byte[] after(byte[] vector, byte[] changeset) {
    return blob("SELECT crsql_vector_after(?1, ?2)", vector, changeset);
  }

  @Override
  public byte[] ofSender(byte[] vector, byte[] changeset) {
    return blob("SELECT crsql_vector_sender(?1, ?2)", vector, changeset);
  }

  /** What a vector says of each site that it mentions, in the order of sites. */
  public List<Held> sites(byte[] vector) {
    return ask(
        "SELECT site, version, arrival FROM crsql_vector(?1)",
        rows -> {
          List<Held> sites = new ArrayList<>();
          while (rows.next()) {
            String site = HexFormat.of().formatHex(rows.getBytes(1));
            sites.add(new Held(site, rows.getLong(2), rows.getLong(3)));
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

  @Override
  public long apply(byte[] changeset) {
    return number("SELECT crsql_apply(?1)", changeset);
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

  private boolean hasReplicas() {
    return number("SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_sites'") > 0;
  }

  private byte[] blob(String sql, Object... parameters) {
    return ask(sql, row -> row.next() ? row.getBytes(1) : null, parameters);
  }

  private long number(String sql, Object... parameters) {
    return ask(sql, row -> row.next() ? row.getLong(1) : 0L, parameters);
  }

  private <T> T ask(String sql, Reading<T> reading, Object... parameters) {
    return call(
        () -> {
          PreparedStatement statement = prepared(sql);
          try {
            for (int i = 0; i < parameters.length; i++) {
              statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
              return reading.of(rows);
            }
          } catch (SQLException e) {
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

  private void forget(String sql, PreparedStatement statement, SQLException reason) {
    statements.remove(sql);
    try {
      statement.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** What is read of the rows of a query. */
  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
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
