package io.crsql.sync.jdbc;

import io.crsql.sync.SqlStore;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a JDBC query. */
record ResultRows(ResultSet rows) implements SqlStore.Rows {
  private interface Getter<T> {
    T get() throws SQLException;
  }

  private static <T> T get(Getter<T> getter) {
    try {
      return getter.get();
    } catch (SQLException e) {
      throw SqlFailure.of(e);
    }
  }

  @Override
  public boolean next() {
    return get(rows::next);
  }

  @Override
  public byte[] blob(int column) {
    return get(() -> rows.getBytes(column + 1));
  }

  @Override
  public long number(int column) {
    return get(() -> rows.getLong(column + 1));
  }

  @Override
  public String text(int column) {
    return get(() -> rows.getString(column + 1));
  }
}
