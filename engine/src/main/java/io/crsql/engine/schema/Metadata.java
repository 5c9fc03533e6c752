package io.crsql.engine.schema;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.Stmt;

/** crsql's own tables: those of the whole file, and each replicated table's log and row index. */
public final class Metadata {
  /** The format of everything that crsql stores in the file. */
  public static final int FORMAT = 1;

  private Metadata() {}

  /** Whether the file has crsql's tables. */
  static boolean exists(Db db) {
    try (Stmt stmt =
        db.prepare(
            "SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'crsql_meta'")) {
      return stmt.step();
    }
  }

  /** Makes the file's tables, and with them the database's site_id. */
  public static void create(Db db) {
    db.exec("CREATE TABLE main.crsql_meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID");
    db.exec("INSERT INTO main.crsql_meta VALUES('format', " + FORMAT + "), ('clock', 0)");
    db.exec("CREATE TABLE main.crsql_sites(id INTEGER PRIMARY KEY, site BLOB NOT NULL UNIQUE)");
    db.exec("INSERT INTO main.crsql_sites VALUES(0, randomblob(16))");
    db.exec(
        "CREATE TABLE main.crsql_tables(id INTEGER PRIMARY KEY,"
            + " name TEXT NOT NULL UNIQUE COLLATE NOCASE, slots INTEGER NOT NULL,"
            + " folded INTEGER NOT NULL)");
    db.exec(
        "CREATE TABLE main.crsql_columns(tbl INTEGER NOT NULL, slot INTEGER NOT NULL,"
            + " name TEXT, number INTEGER, PRIMARY KEY(tbl, slot)) WITHOUT ROWID");
  }

  /** Makes a table's log and row index. */
  static void createCompanions(Db db, Crr crr) {
    StringBuilder columns = new StringBuilder();
    StringBuilder unique = new StringBuilder();
    for (int i = 0; i < crr.key.length; i++) {
      KeyColumn column = crr.key[i];
      columns.append(", k").append(i).append(' ').append(column.affinity());
      columns.append(" COLLATE ").append(Names.quote(column.collation())).append(" NOT NULL");
      unique.append(i == 0 ? "k" : ", k").append(i);
    }
    String log = "main." + Names.log(crr.name);
    db.exec(
        "CREATE TABLE "
            + log
            + "(at INTEGER PRIMARY KEY"
            + columns
            + ", cols INTEGER NOT NULL, part INTEGER NOT NULL, site INTEGER, version INTEGER)");
    db.exec(
        "CREATE INDEX main."
            + Names.deletions(crr.name)
            + " ON "
            + Names.log(crr.name)
            + "("
            + unique
            + ") WHERE cols = 0");
    db.exec(
        "CREATE TABLE main."
            + Names.rows(crr.name)
            + "("
            + columns.substring(2)
            + ", cl INTEGER NOT NULL, events, PRIMARY KEY("
            + unique
            + ")) WITHOUT ROWID");
  }
}
