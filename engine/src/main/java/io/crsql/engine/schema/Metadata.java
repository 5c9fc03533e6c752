package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;

/** crsql's own tables: those of the whole file, and each replicated table's log and row index. */
public final class Metadata {
  /** The format of everything that crsql stores in the file. */
  public static final int FORMAT = 1;

  private static final String[] OF_THE_FILE = {
    "crsql_meta",
    "crsql_sites",
    "crsql_tables",
    "crsql_columns",
    "crsql_renamed",
    "crsql_dropped",
    "crsql_parked"
  };

  private Metadata() {}

  /** Whether the table, which is there, is SQLite's or crsql's own. */
  static boolean owns(Registry registry, String table) {
    String lower = Names.asciiLower(table);
    boolean own = lower.startsWith("sqlite_");
    for (String name : registry.present() ? OF_THE_FILE : new String[0]) {
      own |= name.equals(lower);
    }
    for (String suffix : Names.companions("")) {
      own |=
          lower.endsWith(suffix)
              && registry.named(lower.substring(0, lower.length() - suffix.length())) != null;
    }
    return own;
  }

  /** Whether the file has crsql's tables. */
  static boolean exists(Schema schema) {
    try (Stmt stmt =
        schema.prepare(
            "SELECT 1 FROM pragma_table_xinfo('crsql_meta', " + schema.literal() + ")")) {
      return stmt.step();
    }
  }

  /** Makes the file's tables, and with them the database's site_id. */
  public static void create(Schema schema) {
    schema.define(
        "CREATE TABLE " + schema.of("crsql_meta") + "(key TEXT PRIMARY KEY, value) WITHOUT ROWID");
    schema.exec(
        "INSERT INTO "
            + schema.of("crsql_meta")
            + " VALUES('format', "
            + FORMAT
            + "), ('clock', 0)");
    schema.define(
        "CREATE TABLE "
            + schema.of("crsql_sites")
            + "(id INTEGER PRIMARY KEY, site BLOB NOT NULL UNIQUE,"
            + " doubts INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0,"
            + " arrival INTEGER NOT NULL DEFAULT 0)");
    schema.exec("INSERT INTO " + schema.of("crsql_sites") + "(id, site) VALUES(0, randomblob(16))");
    schema.define(
        "CREATE TABLE "
            + schema.of("crsql_tables")
            + "(id INTEGER PRIMARY KEY,"
            + " name TEXT NOT NULL UNIQUE COLLATE NOCASE, slots INTEGER NOT NULL,"
            + " folded INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,"
            + " numbers INTEGER NOT NULL,"
            + " altering INTEGER NOT NULL DEFAULT 0)");
    schema.define(
        "CREATE TABLE "
            + schema.of("crsql_columns")
            + "(tbl INTEGER NOT NULL, slot INTEGER NOT NULL,"
            + " name TEXT, number INTEGER, place INTEGER NOT NULL, PRIMARY KEY(tbl, slot))"
            + " WITHOUT ROWID");
    schema.define(
        "CREATE TABLE "
            + schema.of("crsql_renamed")
            + "(name TEXT NOT NULL COLLATE NOCASE, tbl INTEGER NOT NULL, slot INTEGER NOT NULL,"
            + " PRIMARY KEY(tbl, slot, name)) WITHOUT ROWID");
    schema.define(
        "CREATE TABLE "
            + schema.of("crsql_dropped")
            + "(tbl TEXT NOT NULL COLLATE NOCASE, col TEXT NOT NULL COLLATE NOCASE,"
            + " PRIMARY KEY(tbl, col)) WITHOUT ROWID");
    schema.define(
        "CREATE TABLE "
            + schema.of("crsql_parked")
            + "(\"table\" TEXT COLLATE NOCASE NOT NULL, pk NOT NULL, col NOT NULL,"
            + " life INTEGER NOT NULL, val, version INTEGER NOT NULL, site_id BLOB NOT NULL,"
            + " at INTEGER NOT NULL, reason TEXT NOT NULL)");
    schema.define(
        "CREATE UNIQUE INDEX "
            + schema.of("crsql_parked_cell")
            + " ON crsql_parked(\"table\", pk, typeof(pk), col)");
    schema.define("CREATE UNIQUE INDEX " + schema.of("crsql_parked_at") + " ON crsql_parked(at)");
  }

  /** Makes a table's log, row index and held rows. */
  static void createCompanions(Schema schema, Crr crr) {
    StringBuilder columns = new StringBuilder();
    StringBuilder unique = new StringBuilder();
    for (int i = 0; i < crr.key.length; i++) {
      KeyColumn column = crr.key[i];
      columns.append(", k").append(i).append(' ').append(column.affinity());
      columns.append(" COLLATE ").append(Names.quote(column.collation())).append(" NOT NULL");
      unique.append(i == 0 ? "k" : ", k").append(i);
    }
    String log = schema.of(Names.log(crr.name));
    schema.define(
        "CREATE TABLE "
            + log
            + "(at INTEGER PRIMARY KEY"
            + columns
            + ", cols INTEGER NOT NULL, part INTEGER NOT NULL, site INTEGER, version INTEGER,"
            + " beaten BLOB)");
    schema.define(
        "CREATE TABLE "
            + schema.of(Names.rows(crr.name))
            + "("
            + columns.substring(2)
            + ", cl INTEGER NOT NULL, events, PRIMARY KEY("
            + unique
            + ")) WITHOUT ROWID");
    schema.define(
        "CREATE INDEX "
            + schema.of(Names.lives(crr.id))
            + " ON "
            + Names.rows(crr.name)
            + "("
            + unique
            + ", cl) WHERE cl <> 1");
    schema.define(
        "CREATE TABLE "
            + schema.of(Names.held(crr.name))
            + "("
            + columns.substring(2)
            + ", slot INTEGER NOT NULL, cl INTEGER NOT NULL, \"integer\" INTEGER, \"text\" TEXT,"
            + " \"blob\" BLOB, \"real\" REAL, \"numeric\" NUMERIC, PRIMARY KEY("
            + unique
            + ", slot)) WITHOUT ROWID");
  }
}
