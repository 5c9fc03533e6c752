package io.crsql.cli;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A person's copy of the Animal App. */
final class Device implements AutoCloseable {
  private static final String OWN_WRITES =
      "SELECT pk, col, cl, val, version FROM crsql_changes"
          + " WHERE db_version > ? AND site_id IS NULL";

  private static final String SURVIVOR =
      "SELECT cl, version, coalesce(site_id, crsql_site_id()) FROM crsql_changes"
          + " WHERE \"table\" = 'animal' AND pk = ? AND (? IS NULL OR col IS NULL OR col = ?)"
          + " ORDER BY cl DESC, version DESC LIMIT 1";

  private final String owner;
  private final Database database;
  private final String site;
  private final Map<Device, Long> cursors = new HashMap<>();
  private long parting;

  private Device(String owner, Database database) throws SQLException {
    this.owner = owner;
    this.database = database;
    this.site = Words.hex(database.siteId());
  }

  static Device create(String owner, Path file) throws SQLException {
    return new Device(owner, Database.create(file));
  }

  String owner() {
    return owner;
  }

  String site() {
    return site;
  }

  Database database() {
    return database;
  }

  void run(List<String> statements) throws SQLException {
    for (String sql : statements) {
      database.execute(sql);
    }
  }

  /** From now on, what the owner writes is news to the others. */
  void part() throws SQLException {
    parting = database.clock();
  }

  /** Tells another device what it has not been told yet; gives how much of it was news there. */
  long tell(Device other) throws SQLException {
    long before = other.database.clock();
    Exchange.Outcome outcome =
        Exchange.run(database, other.database, cursors.getOrDefault(other, 0L));
    cursors.put(other, outcome.cursor());
    return other.database.number("SELECT count(*) FROM crsql_changes WHERE db_version > ?", before);
  }

  /** What the owner has written since parting, as far as the owner did not overwrite it. */
  List<Write> writes() throws SQLException {
    List<Write> writes = new ArrayList<>();
    try (PreparedStatement statement = database.prepare(OWN_WRITES)) {
      statement.setLong(1, parting);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Stamp stamp = new Stamp(rows.getLong("cl"), rows.getLong("version"), site);
          writes.add(
              new Write(
                  owner,
                  rows.getString("pk"),
                  rows.getString("col"),
                  rows.getString("val"),
                  stamp));
        }
      }
    }
    return writes;
  }

  /**
   * The stamp of what this device now holds in the place of a write: that of the write, if it won.
   */
  Stamp survivor(Write write) throws SQLException {
    try (PreparedStatement statement = database.prepare(SURVIVOR)) {
      Database.bind(statement, write.key(), write.column(), write.column());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Stamp(row.getLong(1), row.getLong(2), Words.hex(row.getBytes(3)));
      }
    }
  }

  /** A few columns of an animal in one cell, or nothing if this device knows no such animal. */
  String entry(String animal) throws SQLException {
    String sql = "SELECT habitat || ' / ' || diet FROM animal WHERE name = ?";
    try (PreparedStatement statement = database.prepare(sql)) {
      statement.setString(1, animal);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : "";
      }
    }
  }

  List<String> animals() throws SQLException {
    List<String> animals = new ArrayList<>();
    try (PreparedStatement statement = database.prepare("SELECT name FROM animal ORDER BY name");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        animals.add(rows.getString(1));
      }
    }
    return animals;
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
