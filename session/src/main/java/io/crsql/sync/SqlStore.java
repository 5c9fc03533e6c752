package io.crsql.sync;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Store} that asks its database in SQL, which has crsql loaded. How SQL is run is its
 * host's. Not thread-safe.
 */
public abstract class SqlStore implements Store {
  private static final byte[] NOBODY = new byte[16];

  private static final String NAMES =
      "SELECT lower(t.name), lower(c.name), c.pk FROM crsql_tables t, pragma_table_info(t.name) c"
          + " ORDER BY 1, c.pk = 0, c.pk, 2";

  private byte[] schema;
  private long digested = -1;

  /** A store that has asked nothing yet. */
  protected SqlStore() {}

  /** The rows of a query, one after the other. Columns are counted from 0. */
  public interface Rows {
    /** Goes to the next row, at first to the first; false if there is none. */
    boolean next();

    /** A blob's bytes. */
    byte[] blob(int column);

    /** An integer. */
    long number(int column);

    /** A text. */
    String text(int column);
  }

  /** What is read of the rows of a query. */
  protected interface Reading<T> {
    /** Reads them, while the query stands open. */
    T of(Rows rows);
  }

  /**
   * Runs a query and gives what is read of it.
   *
   * @param parameters for {@code ?1} and so on: byte arrays and numbers
   * @throws StoreException if the database refuses, or cannot do it
   */
  protected abstract <T> T ask(String sql, Reading<T> reading, Object... parameters);

  @Override
  public byte[] site() {
    return exists("crsql_sites") ? blob("SELECT crsql_site_id()") : NOBODY.clone();
  }

  @Override
  public byte[] schema() {
    long version = schemaVersion();
    if (version != digested) {
      schema = digest();
      digested = version;
    }
    return schema.clone();
  }

  private byte[] digest() {
    SchemaDigest digest = new SchemaDigest();
    if (exists("crsql_tables")) {
      ask(
          NAMES,
          rows -> {
            while (rows.next()) {
              digest.column(rows.text(0), rows.text(1), rows.number(2) > 0);
            }
            return null;
          });
    }
    return digest.bytes();
  }

  @Override
  public long schemaVersion() {
    return number("PRAGMA schema_version");
  }

  @Override
  public byte[] vector() {
    return blob("SELECT crsql_version_vector()");
  }

  @Override
  public long clock() {
    return exists("crsql_sites") ? number("SELECT crsql_db_version()") : 0;
  }

  @Override
  public List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks) {
    return ask(
        "SELECT changeset, last, until, rows FROM crsql_changesets(?1, ?2) LIMIT ?3",
        rows -> {
          List<Chunk> chunks = new ArrayList<>();
          long room = (long) maxBytes * maxChunks;
          while (room > 0 && rows.next()) {
            byte[] changeset = rows.blob(0);
            boolean last = rows.number(1) == 1;
            chunks.add(new Chunk(changeset, last, rows.number(2), rows.number(3)));
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

  @Override
  public long apply(byte[] changeset) {
    return number("SELECT crsql_apply(?1)", changeset);
  }

  private boolean exists(String table) {
    return number("SELECT count(*) FROM sqlite_schema WHERE name = '" + table + "'") > 0;
  }

  /** The first column of the first row as a blob; null if there is none. */
  protected final byte[] blob(String sql, Object... parameters) {
    return ask(sql, rows -> rows.next() ? rows.blob(0) : null, parameters);
  }

  /** The first column of the first row as an integer; 0 if there is none. */
  protected final long number(String sql, Object... parameters) {
    return ask(sql, rows -> rows.next() ? rows.number(0) : 0L, parameters);
  }
}
