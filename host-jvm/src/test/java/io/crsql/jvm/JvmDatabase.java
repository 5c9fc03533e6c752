package io.crsql.jvm;

import io.crsql.conformance.Blob;
import io.crsql.conformance.Database;
import io.crsql.conformance.SqlError;
import io.crsql.engine.Extension;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A connection for tests. An internal error of the engine becomes the cause of the {@link SqlError}
 * that SQLite makes of it; one that SQLite or the engine swallowed is thrown all the same.
 */
final class JvmDatabase implements Database {
  private static final int CACHED_STATEMENTS = 64;

  private final long db;
  private final Map<String, Stmt> statements = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  private JvmDatabase(long db) {
    this.db = db;
  }

  /** Opens a database with crsql. */
  static JvmDatabase open(String path) {
    return open(path, Extension::install);
  }

  /** Opens a database without crsql. */
  static JvmDatabase openPlain(String path) {
    return open(path, db -> {});
  }

  /** Opens a database with what {@code extension} installs. */
  static JvmDatabase open(String path, Consumer<Db> extension) {
    long out = Mem.allocate(8);
    JvmDatabase database;
    int code;
    try {
      int flags = Sqlite.OPEN_READWRITE | Sqlite.OPEN_CREATE;
      code = Sqlite.sqlite3_open_v2(Mem.cString(path), out, flags, 0);
      database = new JvmDatabase(Mem.getLong(out));
    } finally {
      Sqlite.sqlite3_free(out);
    }
    try {
      Failures.check(database.db, code);
      extension.accept(new JvmDb(database.db));
      return database;
    } catch (SqliteException e) {
      SqlError error = error(e);
      database.abandon(error);
      throw error;
    } catch (RuntimeException | Error e) {
      database.abandon(e);
      throw e;
    }
  }

  /** Closes what could not be set up, without hiding why it could not. */
  private void abandon(Throwable reason) {
    try {
      close();
    } catch (SqlError | IllegalStateException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public void each(String sql, Consumer<List<Object>> rows, Object... params) {
    try {
      Stmt stmt = statement(sql);
      try {
        for (int i = 0; i < params.length; i++) {
          bind(stmt, i + 1, params[i]);
        }
        while (stmt.step()) {
          rows.accept(row(stmt));
        }
      } finally {
        stmt.reset();
        stmt.clearBindings();
      }
    } catch (SqliteException e) {
      throw error(e);
    }
    throwInternal();
  }

  private Stmt statement(String sql) {
    Stmt stmt = statements.get(sql);
    if (stmt != null) {
      return stmt;
    }
    stmt = Sql.prepare(db, sql, Sqlite.PREPARE_PERSISTENT);
    statements.put(sql, stmt);
    if (statements.size() > CACHED_STATEMENTS) {
      Iterator<Stmt> eldest = statements.values().iterator();
      eldest.next().close();
      eldest.remove();
    }
    return stmt;
  }

  private static void bind(Stmt stmt, int param, Object value) {
    if (value == null) {
      stmt.bindNull(param);
    } else if (value instanceof Double number) {
      stmt.bindDouble(param, number);
    } else if (value instanceof Long || value instanceof Integer) {
      stmt.bindLong(param, ((Number) value).longValue());
    } else if (value instanceof String text) {
      stmt.bindText(param, text);
    } else if (value instanceof Blob blob) {
      stmt.bindBlob(param, blob.bytes());
    } else if (value instanceof byte[] bytes) {
      stmt.bindBlob(param, bytes);
    } else {
      throw new IllegalArgumentException("not an SQL value: " + value.getClass());
    }
  }

  private static List<Object> row(Stmt stmt) {
    int columns = stmt.count();
    List<Object> row = new ArrayList<>(columns);
    for (int i = 0; i < columns; i++) {
      row.add(value(stmt, i));
    }
    return row;
  }

  private static Object value(Stmt stmt, int i) {
    return switch (stmt.type(i)) {
      case ValueType.INTEGER -> stmt.getLong(i);
      case ValueType.REAL -> stmt.getDouble(i);
      case ValueType.TEXT -> stmt.getText(i);
      case ValueType.BLOB -> Blob.of(stmt.getBytes(i));
      default -> null;
    };
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    statements.values().forEach(Stmt::close);
    statements.clear();
    try {
      Failures.check(db, Sqlite.sqlite3_close(db));
    } catch (SqliteException e) {
      throw error(e);
    }
    closed = true;
    throwInternal();
  }

  private static SqlError error(SqliteException e) {
    SqlError error = new SqlError(e.code() & 0xff, e.getMessage());
    Throwable internal = Failures.takeInternal();
    if (internal != null) {
      error.initCause(internal);
    }
    return error;
  }

  private static void throwInternal() {
    Throwable internal = Failures.takeInternal();
    if (internal != null) {
      throw new IllegalStateException("SQLite was told of an internal error, and hid it", internal);
    }
  }
}
