package io.crsql.cli;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The replicated tables of a database: each one's columns, by name. */
final class Schema {
  /** Every replicated table has a log, whose name is the table's with this behind it. */
  static final String LOG = "__crsql_log";

  private final Database database;
  private final SortedMap<String, Map<String, Column>> tables;

  private record Column(String type, int keyPlace) {
    String shown() {
      String shown = type.isEmpty() ? "untyped" : type;
      return keyPlace == 0 ? shown : shown + " PRIMARY KEY (place " + keyPlace + ")";
    }
  }

  private Schema(Database database, SortedMap<String, Map<String, Column>> tables) {
    this.database = database;
    this.tables = tables;
  }

  /**
   * Reads it.
   *
   * @throws Failure if the database has no replicated table
   */
  static Schema read(Database database) throws SQLException {
    SortedMap<String, Map<String, Column>> tables = new TreeMap<>();
    for (String table : replicated(database)) {
      tables.put(table, columns(database, table));
    }
    if (tables.isEmpty()) {
      throw new Failure(
          database.file()
              + ": has no replicated table; make one with: crsql as-crr "
              + database.file()
              + " TABLE");
    }
    return new Schema(database, tables);
  }

  private static List<String> replicated(Database database) throws SQLException {
    String sql =
        "SELECT t.name FROM sqlite_schema t JOIN sqlite_schema log ON log.name = t.name || ?"
            + " WHERE t.type = 'table' AND log.type = 'table' ORDER BY 1";
    List<String> names = new ArrayList<>();
    try (PreparedStatement statement = database.prepare(sql)) {
      statement.setString(1, LOG);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
    }
    return names;
  }

  private static Map<String, Column> columns(Database database, String table) throws SQLException {
    Map<String, Column> columns = new TreeMap<>();
    String sql = "SELECT name, type, pk FROM pragma_table_xinfo(?, 'main') WHERE hidden = 0";
    try (PreparedStatement statement = database.prepare(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String type = rows.getString(2).toUpperCase(Locale.ROOT);
          columns.put(rows.getString(1), new Column(type, rows.getInt(3)));
        }
      }
    }
    return columns;
  }

  String tablesShown() {
    return String.join(", ", tables.keySet());
  }

  /**
   * Checks that the two databases' changes mean the same to both.
   *
   * @throws Failure naming the first difference, and what to do
   */
  void requireSame(Schema other) {
    requireTables(other);
    other.requireTables(this);
    for (String table : tables.keySet()) {
      requireColumns(other, table);
      other.requireColumns(this, table);
    }
  }

  private void requireTables(Schema other) {
    for (String table : tables.keySet()) {
      if (!other.tables.containsKey(table)) {
        throw new Failure(
            other.database.file()
                + ": has no replicated table "
                + table
                + ", which "
                + database.file()
                + " has; create it and run: crsql as-crr "
                + other.database.file()
                + " "
                + table);
      }
    }
  }

  private void requireColumns(Schema other, String table) {
    Map<String, Column> others = other.tables.get(table);
    tables
        .get(table)
        .forEach(
            (name, column) -> {
              Column its = others.get(name);
              if (its == null) {
                throw new Failure(
                    other.database.file()
                        + ": table "
                        + table
                        + " has no column "
                        + name
                        + ", which it has in "
                        + database.file()
                        + "; add it and run: crsql as-crr "
                        + other.database.file()
                        + " "
                        + table);
              } else if (!its.equals(column)) {
                throw new Failure(
                    other.database.file()
                        + ": column "
                        + name
                        + " of table "
                        + table
                        + " is "
                        + its.shown()
                        + ", but "
                        + column.shown()
                        + " in "
                        + database.file());
              }
            });
  }
}
