package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import io.crsql.jdbc.Crsql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** A database in memory. Its site is drawn, so that a scenario runs the same each time. */
final class Database implements AutoCloseable {
  private static final Map<Integer, byte[]> TEMPLATES = new ConcurrentHashMap<>();
  private static final String HAS_SITE =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_sites'";

  final SQLiteConnection connection;
  private final Rng sites;

  private Database(SQLiteConnection connection, Rng sites) {
    this.connection = connection;
    this.sites = sites;
  }

  /** A database that has a schema and a clock. */
  static Database fresh(int schema, long clock, Rng sites) {
    byte[] template = TEMPLATES.computeIfAbsent(schema, Database::template);
    Database database = of(template, sites);
    if (schema != 0 && clock > 0) {
      database.run("UPDATE crsql_meta SET value = ?1 WHERE key = 'clock'", clock);
    }
    return database;
  }

  /** A database as it was once, which from now on is a site of its own. */
  static Database restored(byte[] image, Rng sites) {
    Database database = of(image, sites);
    if (database.number(HAS_SITE) > 0) {
      database.text("SELECT hex(crsql_new_site())");
      database.drawSite();
    }
    return database;
  }

  private static Database of(byte[] image, Rng sites) {
    try {
      SQLiteConnection connection =
          JDBC.createConnection("jdbc:sqlite::memory:", new SQLiteConfig().toProperties());
      if (image.length > 0) {
        // before crsql is loaded: see docs/fuzzing.md
        connection.deserialize("main", image);
      }
      Crsql.install(connection);
      Database database = new Database(connection, sites);
      if (database.number(HAS_SITE) > 0) {
        database.drawSite();
      }
      return database;
    } catch (SQLException e) {
      throw failure("open", e);
    }
  }

  private static byte[] template(int schema) {
    if (schema == 0) {
      return new byte[0];
    }
    try (Database database = of(new byte[0], new Rng(schema))) {
      Schema.upgrade(0, schema).forEach(database::run);
      return database.image();
    }
  }

  /** Alters it. */
  void alter(List<String> statements) {
    boolean before = number(HAS_SITE) > 0;
    statements.forEach(this::run);
    if (!before && number(HAS_SITE) > 0) {
      drawSite();
    }
  }

  private void drawSite() {
    byte[] site = new byte[16];
    for (int i = 0; i < site.length; i++) {
      site[i] = (byte) sites.next();
    }
    run("UPDATE crsql_sites SET site = ?1 WHERE id = 0", site);
  }

  /** All of it, as a backup has it. */
  byte[] image() {
    try {
      return connection.serialize("main");
    } catch (SQLException e) {
      throw failure("serialize", e);
    }
  }

  void run(String sql, Object... parameters) {
    try (PreparedStatement statement = prepared(sql, parameters)) {
      statement.execute();
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  List<Object[]> query(String sql, Object... parameters) {
    try (PreparedStatement statement = prepared(sql, parameters);
        ResultSet row = statement.executeQuery()) {
      List<Object[]> rows = new ArrayList<>();
      Object[] values = new Object[row.getMetaData().getColumnCount()];
      while (row.next()) {
        for (int i = 0; i < values.length; i++) {
          values[i] = row.getObject(i + 1);
        }
        rows.add(values.clone());
      }
      return rows;
    } catch (SQLException e) {
      throw failure(sql, e);
    }
  }

  String text(String sql, Object... parameters) {
    return String.valueOf(query(sql, parameters).get(0)[0]);
  }

  long number(String sql, Object... parameters) {
    return ((Number) query(sql, parameters).get(0)[0]).longValue();
  }

  private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }

  private static SimulationFailure failure(String sql, SQLException e) {
    return new SimulationFailure("sql", sql + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure("close", e);
    }
  }
}
