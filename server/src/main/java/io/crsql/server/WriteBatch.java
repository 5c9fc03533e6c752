package io.crsql.server;

import io.crsql.sync.StoreException;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * The changesets that are applied in one transaction, of whichever sessions. It begins with the
 * first one, and a changeset that is refused leaves the others alone.
 */
final class WriteBatch {
  private final Supplier<OpenDatabase> database;
  private final Metrics metrics;
  private boolean begun;
  private StoreException notBegun;
  private long changesets;
  private long rows;

  WriteBatch(Supplier<OpenDatabase> database, Metrics metrics) {
    this.database = database;
    this.metrics = metrics;
  }

  long apply(byte[] changeset) {
    OpenDatabase open = database.get();
    begin(open);
    long applied = metrics.apply.record(() -> open.write.apply(changeset));
    changesets++;
    rows += applied;
    return applied;
  }

  private void begin(OpenDatabase open) {
    if (begun) {
      return;
    } else if (notBegun != null) {
      throw notBegun;
    }
    try {
      open.begin();
      begun = true;
    } catch (SQLException e) {
      notBegun = unavailable(e);
      throw notBegun;
    }
  }

  /** How many changesets have been applied. */
  long changesets() {
    return changesets;
  }

  /** How many of their rows were new. */
  long rows() {
    return rows;
  }

  /**
   * Makes it durable.
   *
   * @throws StoreException if that failed, so that none of it has happened
   */
  void commit() {
    if (!begun) {
      if (notBegun != null) {
        throw notBegun;
      }
      return;
    }
    metrics.commit.record(
        () -> {
          try {
            database.get().commit();
          } catch (SQLException e) {
            throw unavailable(e);
          }
        });
    metrics.changesets.increment(changesets);
    metrics.rows.increment(rows);
  }

  static StoreException unavailable(SQLException e) {
    return StoreException.unavailable(
        "the database cannot be used now: " + Log.plain(String.valueOf(e.getMessage())), e);
  }
}
