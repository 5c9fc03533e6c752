package io.crsql.host.web;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sync.SchemaDigest;
import io.crsql.sync.Store;
import io.crsql.sync.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The database of a connection that its application uses too, for any number of sync sessions. It
 * is used only while the application has no transaction open. What is applied is in one transaction
 * until {@link #commit}, which spares the disk all commits but one.
 */
final class DbStore implements Store {
  private static final byte[] NOBODY = new byte[16];

  private static final String HAS_REPLICAS =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_sites'";
  private static final String NAMES =
      "SELECT lower(t.name), lower(c.name), c.pk FROM crsql_tables t, pragma_table_info(t.name) c"
          + " ORDER BY 1, c.pk = 0, c.pk, 2";
  private static final String CHANGESETS =
      "SELECT changeset, last, until, rows FROM crsql_changesets(?1, ?2) LIMIT ?3";

  private final Db db;
  private final Map<String, Stmt> statements = new HashMap<>();
  private byte[] schema;
  private long digested = -1;
  private boolean begun;

  /** Why the transaction cannot be committed; null if it can. */
  private StoreException failure;

  DbStore(Db db) {
    this.db = db;
  }

  @Override
  public byte[] site() {
    return hasReplicas() ? blob("SELECT crsql_site_id()") : NOBODY.clone();
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
    if (hasReplicas()) {
      ask(
          NAMES,
          row -> {
            while (row.step()) {
              digest.column(row.getText(0), row.getText(1), row.getLong(2) > 0);
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
    return hasReplicas() ? number("SELECT crsql_db_version()") : 0;
  }

  @Override
  public List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks) {
    return ask(
        CHANGESETS,
        row -> {
          row.bindBlob(1, since);
          row.bindLong(2, maxBytes);
          row.bindLong(3, maxChunks);
          List<Chunk> chunks = new ArrayList<>();
          long room = (long) maxBytes * maxChunks;
          while (room > 0 && row.step()) {
            byte[] changeset = row.getBytes(0);
            chunks.add(new Chunk(changeset, row.getLong(1) == 1, row.getLong(2), row.getLong(3)));
            room -= changeset.length;
          }
          return chunks;
        });
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
    if (!begun) {
      execute("BEGIN IMMEDIATE");
      begun = true;
    }
    try {
      return number("SELECT crsql_apply(?1)", changeset);
    } catch (StoreException e) {
      if (!e.isRefusal()) {
        failure = e;
      }
      throw e;
    }
  }

  /**
   * Commits what has been applied since the last time.
   *
   * @throws StoreException if nothing of it is kept, so that nobody may be told that it is
   */
  void commit() {
    if (!begun) {
      return;
    }
    try {
      if (failure != null) {
        throw failure;
      }
      execute("COMMIT");
      begun = false;
    } finally {
      if (begun) {
        rollback();
      }
    }
  }

  /** Undoes what was applied since the last commit. SQLite has done so itself after some errors. */
  private void rollback() {
    begun = false;
    failure = null;
    if (!db.autocommit()) {
      execute("ROLLBACK");
    }
  }

  /** Finalises its statements; they are prepared again if need be. */
  void close() {
    statements.values().forEach(Stmt::close);
    statements.clear();
  }

  private boolean hasReplicas() {
    return number(HAS_REPLICAS) > 0;
  }

  private void execute(String sql) {
    ask(sql, Stmt::step);
  }

  private byte[] blob(String sql, byte[]... parameters) {
    return ask(sql, row -> bound(row, parameters).step() ? row.getBytes(0) : null);
  }

  private long number(String sql, byte[]... parameters) {
    return ask(sql, row -> bound(row, parameters).step() ? row.getLong(0) : 0L);
  }

  private static Stmt bound(Stmt stmt, byte[]... parameters) {
    for (int i = 0; i < parameters.length; i++) {
      stmt.bindBlob(i + 1, parameters[i]);
    }
    return stmt;
  }

  private <T> T ask(String sql, Reading<T> reading) {
    try {
      Stmt stmt = statements.get(sql);
      if (stmt == null) {
        stmt = db.prepare(sql);
        statements.put(sql, stmt);
      }
      try {
        return reading.of(stmt);
      } finally {
        stmt.reset();
        stmt.clearBindings();
      }
    } catch (SqliteException e) {
      throw failure(e);
    }
  }

  /** What crsql itself refuses comes with SQLITE_ERROR; all else is the state of the database. */
  private static StoreException failure(SqliteException e) {
    return e.code() == SqliteException.ERROR
        ? StoreException.refusal(e.getMessage(), e)
        : StoreException.unavailable("the database cannot be used now: " + e.getMessage(), e);
  }

  /** What is read of the rows of a query. */
  private interface Reading<T> {
    T of(Stmt row);
  }
}
