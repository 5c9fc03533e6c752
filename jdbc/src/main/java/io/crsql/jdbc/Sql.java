package io.crsql.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Statements with their parameters. */
final class Sql {
  private Sql() {}

  static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * A value as Long, Double, String, byte[] or null: the driver gives small integers as Integer.
   */
  static @Nullable Object value(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return value instanceof Integer small ? (Object) small.longValue() : value;
  }

  /** What a query's one row is. */
  static <T> T one(
      Connection connection, String sql, Rows.Reader<T> reader, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return reader.read(row);
    }
  }
}
