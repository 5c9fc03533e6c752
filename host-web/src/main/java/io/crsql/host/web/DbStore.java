package io.crsql.host.web;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sync.SqlStore;
import io.crsql.sync.StoreException;
import java.util.HashMap;
import java.util.Map;

/**
 * The database of a connection that its application uses too, for any number of sync sessions. It
 * is used only while the application has no transaction open. What is applied is in one transaction
 * until {@link #commit}, which spares the disk all commits but one.
 */
final class DbStore extends SqlStore {
  private final Db db;
  private final Map<String, Stmt> statements = new HashMap<>();
  private boolean begun;

  /** Why the transaction cannot be committed; null if it can. */
  private StoreException failure;

  DbStore(Db db) {
    this.db = db;
  }

  @Override
  public long apply(byte[] changeset) {
    if (!begun) {
      execute("BEGIN IMMEDIATE");
      begun = true;
    }
    try {
      return super.apply(changeset);
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

  private void execute(String sql) {
    ask(sql, Rows::next);
  }

  @Override
  protected <T> T ask(String sql, Reading<T> reading, Object... parameters) {
    try {
      Stmt stmt = statements.get(sql);
      if (stmt == null) {
        stmt = db.prepare(sql);
        statements.put(sql, stmt);
      }
      try {
        bind(stmt, parameters);
        return reading.of(new StmtRows(stmt));
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

  private static void bind(Stmt stmt, Object... parameters) {
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof Number number) {
        stmt.bindLong(i + 1, number.longValue());
      } else {
        stmt.bindBlob(i + 1, (byte[]) parameters[i]);
      }
    }
  }

  private record StmtRows(Stmt stmt) implements Rows {
    @Override
    public boolean next() {
      return stmt.step();
    }

    @Override
    public byte[] blob(int column) {
      return stmt.getBytes(column);
    }

    @Override
    public long number(int column) {
      return stmt.getLong(column);
    }

    @Override
    public String text(int column) {
      return stmt.getText(column);
    }
  }
}
