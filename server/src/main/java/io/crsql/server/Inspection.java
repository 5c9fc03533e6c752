package io.crsql.server;

import io.crsql.jdbc.Crsql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in a database. Finding it out reads every change.
 *
 * @param fingerprint empty if there are no replicated tables
 * @param held rows that are held aside
 * @param parked changes of tables and columns that are not here
 */
record Inspection(String fingerprint, long held, long parked, List<Table> tables) {
  private static final Inspection NOTHING = new Inspection("", 0, 0, List.of());

  /** A replicated table; {@code changes} are the cells and deletions that it hands to others. */
  record Table(String name, long rows, long changes) {}

  /** Reads it on a connection of its own, all in one snapshot. */
  static Inspection of(Path file) throws SQLException {
    try (Connection connection = Crsql.open(file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA query_only = 1");
      statement.executeUpdate("BEGIN");
      if (number(statement, "SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_sites'") == 0) {
        return NOTHING;
      }
      return new Inspection(
          text(statement, "SELECT lower(crsql_fingerprint())"),
          number(statement, "SELECT count(*) FROM crsql_held"),
          number(statement, "SELECT count(*) FROM crsql_parked"),
          tables(statement));
    }
  }

  private static List<Table> tables(Statement statement) throws SQLException {
    Map<String, Long> changes = new HashMap<>();
    try (ResultSet row =
        statement.executeQuery("SELECT \"table\", count(*) FROM crsql_changes GROUP BY 1")) {
      while (row.next()) {
        changes.put(row.getString(1), row.getLong(2));
      }
    }
    List<String> names = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT u.name FROM crsql_tables t JOIN sqlite_schema u"
                + " ON u.type = 'table' AND u.name = t.name COLLATE NOCASE ORDER BY 1")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    List<Table> tables = new ArrayList<>();
    for (String name : names) {
      String quoted = '"' + name.replace("\"", "\"\"") + '"';
      long rows = number(statement, "SELECT count(*) FROM " + quoted);
      tables.add(new Table(name, rows, changes.getOrDefault(name, 0L)));
    }
    return tables;
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.getString(1);
    }
  }
}
