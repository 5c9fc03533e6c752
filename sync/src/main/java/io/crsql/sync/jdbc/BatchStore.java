package io.crsql.sync.jdbc;

import io.crsql.sync.Store;
import io.crsql.sync.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A {@link JdbcStore} that applies changesets in one transaction until {@link #commit}, which
 * spares their disk all commits but one. The connection is in auto-commit mode. Not thread-safe.
 */
public final class BatchStore implements Store, AutoCloseable {
  private final Connection connection;
  private final JdbcStore store;
  private boolean begun;

  /** Why the transaction cannot be committed; null if it can. */
  private StoreException failure;

  /** Batches on a connection that nobody else uses; {@link #close} leaves it open. */
  public BatchStore(Connection connection) {
    this.connection = connection;
    this.store = new JdbcStore(connection);
  }

  @Override
  public long apply(byte[] changeset) {
    if (!begun) {
      execute("BEGIN IMMEDIATE");
      begun = true;
    }
    try {
      return store.apply(changeset);
    } catch (StoreException e) {
      if (!e.isRefusal()) {
        failure = e;
      }
      throw e;
    }
  }

  /**
   * Commits what has been applied.
   *
   * @return whether anything was applied since the last time
   * @throws StoreException if nothing of it is kept, so that nobody may be told that it is
   */
  public boolean commit() {
    if (!begun) {
      return false;
    }
    try {
      if (failure != null) {
        throw failure;
      }
      execute("COMMIT");
      begun = false;
      return true;
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
    try {
      execute("ROLLBACK");
    } catch (StoreException e) {
      // There is none any more; or the next BEGIN fails and tells why.
    }
  }

  private void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  @Override
  public byte[] site() {
    return store.site();
  }

  @Override
  public byte[] schema() {
    return store.schema();
  }

  @Override
  public long schemaVersion() {
    return store.schemaVersion();
  }

  @Override
  public byte[] vector() {
    return store.vector();
  }

  @Override
  public long clock() {
    return store.clock();
  }

  @Override
  public List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks) {
    return store.changesets(since, maxBytes, maxChunks);
  }

  @Override
  public byte[] after(byte[] vector, byte[] changeset) {
    return store.after(vector, changeset);
  }

  @Override
  public byte[] ofSender(byte[] vector, byte[] changeset) {
    return store.ofSender(vector, changeset);
  }

  /** {@link JdbcStore#sites}. */
  public List<JdbcStore.Held> sites(byte[] vector) {
    return store.sites(vector);
  }

  /** {@link JdbcStore#dataVersion}. */
  public long dataVersion() {
    return store.dataVersion();
  }

  /** Undoes what is not committed, and closes the store's statements. */
  @Override
  public void close() {
    if (begun) {
      rollback();
    }
    store.close();
  }
}
