package io.crsql.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * crsql's functions and tables for one database, main, with Java's types.
 *
 * <pre>{@code
 * Replica here = Replica.of(source);
 * try (Stream<Changeset> changesets = there.changesets(here.versionVector(), 1_000_000)) {
 *   here.apply(changesets);
 * }
 * }</pre>
 *
 * <p>Over a connection, calls are part of its transaction, it stays open, and it is as little
 * thread-safe as the connection. Over a DataSource each call borrows a connection, and the replica
 * is as thread-safe as the DataSource. Every method throws an {@link SQLException} if the database
 * or crsql refuses; the message says why.
 */
public final class Replica {
  private static final String CHANGES =
      "SELECT \"table\", pk, col, val, version, coalesce(site_id, crsql_site_id()), cl, db_version,"
          + " site_id IS NULL FROM crsql_changes WHERE db_version > ? ORDER BY db_version";

  private final Lease.Lessor lessor;

  private Replica(Lease.Lessor lessor) {
    this.lessor = lessor;
  }

  /**
   * The database of a connection, which the caller closes. The extension is loaded if it is not.
   *
   * @throws SQLException for the reasons of {@link Crsql#install}
   */
  public static Replica of(Connection connection) throws SQLException {
    Crsql.install(connection);
    Lease lease = new Lease(connection, false);
    return new Replica(() -> lease);
  }

  /**
   * The database of a DataSource: a {@link CrsqlDataSource}, a pool, or any that gives connections
   * of sqlite-jdbc. Each call loads the extension into the connection that it borrows, if it is not
   * there.
   */
  public static Replica of(DataSource source) {
    return new Replica(() -> Lease.from(source));
  }

  /** This database's site. It makes one if there is none yet. */
  public SiteId siteId() throws SQLException {
    return one("SELECT crsql_site_id()", row -> new SiteId(row.getBytes(1)));
  }

  /**
   * The clock: the greatest version issued or seen, 0 at first. It counts what the connection has
   * rolled back, which others may issue again, so that it is no cursor for {@link #changes}.
   */
  public long clock() throws SQLException {
    return one("SELECT crsql_db_version()", row -> row.getLong(1));
  }

  /** What this database holds. */
  public VersionVector versionVector() throws SQLException {
    return one("SELECT crsql_version_vector()", row -> new VersionVector(row.getBytes(1)));
  }

  /** Makes a table replicated, with the rows it has; or takes note of its new columns. */
  public void asCrr(String table) throws SQLException {
    one("SELECT crsql_as_crr(?)", row -> true, table);
  }

  /**
   * What this database has learnt after a {@link Change#dbVersion()}, in the order of that. It is
   * no cut within a transaction of one's own: keep a cursor only between two different numbers.
   *
   * @param afterDbVersion 0 for everything
   * @return a stream to be closed, which keeps a connection and a read transaction until then. It
   *     throws {@link UncheckedSqlException} when reading fails
   */
  public Stream<Change> changes(long afterDbVersion) throws SQLException {
    return Rows.stream(lessor, CHANGES, Replica::change, afterDbVersion);
  }

  static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getString(1),
        Sql.value(row, 2),
        row.getString(3),
        Sql.value(row, 4),
        row.getLong(5),
        new SiteId(row.getBytes(6)),
        row.getLong(7),
        row.getLong(8),
        row.getBoolean(9));
  }

  /**
   * What one lacks who holds that, at least one changeset. All are of one state of the database.
   *
   * @param since that one's vector; {@link VersionVector#EMPTY} for everything
   * @param maxBytes about how many bytes a changeset has at most, 1 or more
   * @return a stream to be closed, which keeps a connection and a read transaction until then. It
   *     throws {@link UncheckedSqlException} when reading fails, such as after a write of its own
   *     connection
   */
  public Stream<Changeset> changesets(VersionVector since, int maxBytes) throws SQLException {
    return Rows.stream(
        lessor,
        "SELECT changeset, last FROM crsql_changesets(?, ?)",
        row -> new Changeset(row.getBytes(1), row.getBoolean(2)),
        since.bytes(),
        maxBytes);
  }

  /**
   * Merges a changeset, all of it or nothing.
   *
   * @return how many of its rows were not known to be here
   * @throws SQLException also if it builds on what is not here
   */
  public long apply(Changeset changeset) throws SQLException {
    try (Lease lease = lessor.lease()) {
      return apply(lease.connection(), changeset);
    }
  }

  /**
   * Merges changesets in their order, each of them all or nothing. What was merged before one fails
   * stays, and the next attempt goes on there. The stream is not closed.
   *
   * @return how many of their rows were not known to be here
   * @throws SQLException also in place of an {@link UncheckedSqlException} of the stream
   */
  public long apply(Stream<Changeset> changesets) throws SQLException {
    try (Lease lease = lessor.lease()) {
      long rows = 0;
      for (Iterator<Changeset> all = changesets.iterator(); all.hasNext(); ) {
        rows += apply(lease.connection(), all.next());
      }
      return rows;
    } catch (UncheckedSqlException e) {
      throw e.getCause();
    }
  }

  private static long apply(Connection connection, Changeset changeset) throws SQLException {
    Object blob = changeset.bytes();
    return Sql.one(connection, "SELECT crsql_apply(?)", row -> row.getLong(1), blob);
  }

  /** What one holds who held a vector and then applied a changeset; nothing if that has a gap. */
  public Optional<VersionVector> after(VersionVector vector, Changeset changeset)
      throws SQLException {
    return one(
        "SELECT crsql_vector_after(?, ?)",
        row -> Optional.ofNullable(row.getBytes(1)).map(VersionVector::new),
        vector.bytes(),
        changeset.bytes());
  }

  /** Whether one who holds the first vector holds all of the second. */
  public boolean covers(VersionVector vector, VersionVector other) throws SQLException {
    return one(
        "SELECT crsql_vector_covers(?, ?)",
        row -> row.getBoolean(1),
        vector.bytes(),
        other.bytes());
  }

  /** What a vector says of each site that it mentions, in the order of sites. */
  public Map<SiteId, Held> sites(VersionVector vector) throws SQLException {
    Map<SiteId, Held> sites = new TreeMap<>();
    String sql = "SELECT site, version, arrival FROM crsql_vector(?)";
    Object blob = vector.bytes();
    try (Stream<Map.Entry<SiteId, Held>> rows = Rows.stream(lessor, sql, Replica::held, blob)) {
      rows.forEach(entry -> sites.put(entry.getKey(), entry.getValue()));
    } catch (UncheckedSqlException e) {
      throw e.getCause();
    }
    return sites;
  }

  private static Map.Entry<SiteId, Held> held(ResultSet row) throws SQLException {
    return Map.entry(new SiteId(row.getBytes(1)), new Held(row.getLong(2), row.getLong(3)));
  }

  /** That of all replicated tables. */
  public Fingerprint fingerprint() throws SQLException {
    return one("SELECT crsql_fingerprint()", row -> new Fingerprint(row.getString(1)));
  }

  /** That of one replicated table. */
  public Fingerprint fingerprint(String table) throws SQLException {
    return one("SELECT crsql_fingerprint(?)", row -> new Fingerprint(row.getString(1)), table);
  }

  /**
   * What a cell is, who wrote it, and what it won against.
   *
   * @param column null in a table that has only a key
   * @param key the values of the row's key, in the key's order
   * @throws SQLException also if there never was such a row, and for unknown names
   */
  public Explanation explain(String table, @Nullable String column, Object... key)
      throws SQLException {
    List<@Nullable Object> parameters = new ArrayList<>(key.length + 2);
    parameters.add(table);
    parameters.addAll(List.of(key));
    parameters.add(column);
    return one(Explaining.query(key.length), Explaining::read, parameters.toArray());
  }

  /** What is damaged or was written past the capture, a sentence each; empty if nothing is. */
  public List<String> verify() throws SQLException {
    String said = one("SELECT crsql_verify()", row -> row.getString(1));
    return said.equals("ok") ? List.of() : said.lines().toList();
  }

  private <T> T one(String sql, Rows.Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    try (Lease lease = lessor.lease()) {
      return Sql.one(lease.connection(), sql, reader, parameters);
    }
  }
}
