package io.crsql.engine;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;

/** The extension's one entry point for hosts. */
public final class Extension {
  /** The version of crsql. */
  public static final String VERSION = "0.1.0";

  /** The oldest SQLite with all that is used: pragma_table_list and STRICT tables. */
  private static final long OLDEST_SQLITE = 3_037_000;

  private Extension() {}

  /**
   * Makes crsql's functions and tables available in a connection. It reads and writes nothing of
   * the database.
   *
   * @throws SqliteException if SQLite is too old or refuses to register them
   */
  public static void install(Db db) {
    try (Stmt stmt = db.prepare("SELECT sqlite_version()")) {
      stmt.step();
      if (number(stmt.getText(0)) < OLDEST_SQLITE) {
        throw new SqliteException(
            SqliteException.ERROR,
            "crsql needs SQLite 3.37 or newer, this is " + stmt.getText(0) + "; upgrade it");
      }
    }
    new Session(db).install();
  }

  private static long number(String version) {
    long number = 0;
    long part = 0;
    int parts = 0;
    for (int i = 0; i <= version.length() && parts < 3; i++) {
      if (i == version.length() || version.charAt(i) == '.') {
        number = number * 1000 + part;
        part = 0;
        parts++;
      } else {
        part = part * 10 + version.charAt(i) - '0';
      }
    }
    return number;
  }
}
