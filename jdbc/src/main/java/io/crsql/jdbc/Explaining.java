package io.crsql.jdbc;

import io.crsql.jdbc.Explanation.Stamp;
import io.crsql.jdbc.Explanation.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code crsql_explain}, whose JSON SQLite itself takes apart. */
final class Explaining {
  private Explaining() {}

  /** It takes the table, the key's values and the column. */
  static String query(int keys) {
    return "WITH told(j) AS MATERIALIZED (SELECT crsql_explain(?"
        + ", ?".repeat(keys)
        + ", ?)) SELECT j->>'table', j->>'row', j->>'column', j->>'value', j->>'life', j->>'state',"
        + " j->>'version', j->>'site', j->>'own', j->>'arrival', j->>'$.beat.version',"
        + " j->>'$.beat.site' FROM told";
  }

  static Explanation read(ResultSet row) throws SQLException {
    return new Explanation(
        row.getString(1),
        Sql.value(row, 2),
        row.getString(3),
        Sql.value(row, 4),
        row.getLong(5),
        State.of(row.getString(6)),
        stamp(row, 7),
        row.getBoolean(9),
        row.getObject(10) == null ? null : row.getLong(10),
        stamp(row, 11));
  }

  private static @Nullable Stamp stamp(ResultSet row, int column) throws SQLException {
    long version = row.getLong(column);
    return row.wasNull() ? null : new Stamp(version, SiteId.of(row.getString(column + 1)));
  }
}
