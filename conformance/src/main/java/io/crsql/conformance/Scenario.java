package io.crsql.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;

/**
 * A test with databases: opens them on the host at hand, lets them exchange changes, and closes
 * them.
 */
abstract class Scenario {
  static final Host HOST = ServiceLoader.load(Host.class).findFirst().orElseThrow();

  static final String MERGE =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
          + " VALUES(?1, ?2, ?3, ?4, ?5, ?6)";

  private final List<Database> open = new ArrayList<>();

  /** Opens a database in memory and runs the statements. */
  final Database open(String... statements) {
    Database db = openFile(":memory:");
    for (String statement : statements) {
      db.run(statement);
    }
    return db;
  }

  final Database openFile(String path) {
    Database db = HOST.open(path);
    open.add(db);
    return db;
  }

  /** Closes a database before the test's end. */
  final void close(Database db) {
    open.remove(db);
    db.close();
  }

  @AfterEach
  final void closeAll() {
    for (Database db : open) {
      db.close();
    }
  }

  /** Goes on only if the file is in WAL mode, which needs memory that connections share. */
  static void assumeWal(Database db) {
    assumeTrue("wal".equals(db.value("PRAGMA journal_mode")), "this host has no WAL");
  }

  /** A database's changes as another one gets them: with its own site_id in place of NULL. */
  static List<List<Object>> changes(Database from) {
    return changes(from, "1");
  }

  static List<List<Object>> changes(Database from, String where) {
    return from.query(
        "SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_siteid())"
            + " FROM crsql_changes WHERE "
            + where);
  }

  static void merge(Database to, List<List<Object>> changes) {
    for (List<Object> change : changes) {
      to.run(MERGE, change.toArray());
    }
  }

  /** Merges all that {@code from} has. */
  static void pull(Database to, Database from) {
    merge(to, changes(from));
  }

  /** Lets all databases merge everything of each other. */
  static void sync(Database... all) {
    for (int round = 0; round < 2; round++) {
      for (Database to : all) {
        for (Database from : all) {
          if (to != from) {
            pull(to, from);
          }
        }
      }
    }
  }

  /** The rows of a query, each as a line of SQL literals. */
  static List<String> lines(Database db, String query, Object... params) {
    List<String> lines = new ArrayList<>();
    for (List<Object> row : db.query(query, params)) {
      StringBuilder line = new StringBuilder();
      for (Object value : row) {
        line.append(line.length() == 0 ? "" : " ").append(value);
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** The changes without order, for comparing databases. */
  static List<String> state(Database db) {
    List<String> state = new ArrayList<>();
    for (List<Object> change : changes(db)) {
      state.add(change.toString());
    }
    state.sort(null);
    return state;
  }

  /** The error that a statement must end with. */
  static String error(Database db, String statement, Object... params) {
    try {
      db.query(statement, params);
    } catch (SqlError e) {
      return e.getMessage();
    }
    throw new AssertionError("no error: " + statement);
  }
}
