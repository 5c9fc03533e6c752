package io.crsql.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One connection, as an application sees it. Values are null, {@link Long}, {@link Double}, {@link
 * String} and {@link Blob}; errors are {@link SqlError}. Not thread-safe.
 */
public interface Database extends AutoCloseable {
  /** Runs one statement to its end and ignores its rows. */
  default void run(String sql, Object... params) {
    each(sql, row -> {}, params);
  }

  /** Runs one statement and gives all its rows. */
  default List<List<Object>> query(String sql, Object... params) {
    List<List<Object>> rows = new ArrayList<>();
    each(sql, rows::add, params);
    return rows;
  }

  /** Runs one statement and hands out each row while the statement stands on it. */
  void each(String sql, Consumer<List<Object>> rows, Object... params);

  /**
   * Closes the connection with {@code sqlite3_close}.
   *
   * @throws SqlError if SQLite refuses, as it does while a statement is not finalised
   */
  @Override
  void close();

  /** The only column of the only row, or null if there is no row. */
  default Object value(String sql, Object... params) {
    List<List<Object>> rows = query(sql, params);
    return rows.isEmpty() ? null : rows.get(0).get(0);
  }
}
