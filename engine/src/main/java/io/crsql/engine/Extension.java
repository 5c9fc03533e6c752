package io.crsql.engine;

import io.crsql.sqlite.Db;

/** The extension's one entry point for hosts. */
public final class Extension {
  private Extension() {}

  /**
   * Makes crsql's functions and tables available in a connection.
   *
   * @throws io.crsql.sqlite.SqliteException if SQLite refuses to register them
   */
  public static void install(Db db) {
    db.scalar("crsql_version", 0, Db.DETERMINISTIC | Db.INNOCUOUS, (args, result) -> result.setText("0.1.0"));
  }
}
