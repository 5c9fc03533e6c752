package io.crsql.engine.schema;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.Stmt;

/**
 * One schema of a connection: its main database or an attached one. All that crsql keeps is in the
 * same schema as the tables that it is about.
 */
public final class Schema {
  private final Db db;
  private final String name;
  private Listing listing;

  /** The schema of that name. */
  public Schema(Db db, String name) {
    this.db = db;
    this.name = name;
  }

  /** The connection. */
  public Db db() {
    return db;
  }

  /** The schema's name, such as {@code main}. */
  public String name() {
    return name;
  }

  /** The name as a string literal. */
  public String literal() {
    return Names.literal(name);
  }

  /** What is called so in this schema; the name must be quoted if it needs to be. */
  public String of(String object) {
    return Names.quote(name) + '.' + object;
  }

  /** A table of this schema as messages show it. */
  public String shown(String table) {
    return isMain() ? Names.shown(table) : Names.shown(name) + "." + Names.shown(table);
  }

  /** The call of one of crsql's functions for a table of this schema, as messages show it. */
  public String call(String function, String table) {
    return function + "(" + (isMain() ? "" : literal() + ", ") + Names.literal(table) + ")";
  }

  private boolean isMain() {
    return name.equals("main");
  }

  /** Many tables are going to be looked for. */
  void list() {
    if (listing == null) {
      listing = new Listing(this);
    }
  }

  /** Steps through name, type and SQL of a table or view and its triggers, the oldest first. */
  Stmt entries(String table) {
    String which =
        listing == null
            ? "tbl_name = ?1 COLLATE NOCASE"
            : "rowid IN (" + listing.rowids(table) + ")";
    Stmt stmt =
        prepare(
            "SELECT name, type, sql FROM "
                + of("sqlite_schema")
                + " WHERE type <> 'index' AND "
                + which
                + " ORDER BY rowid");
    if (listing == null) {
      stmt.bindText(1, table);
    }
    return stmt;
  }

  /** Tables or triggers may have been made, renamed or dropped. */
  void relist() {
    listing = null;
  }

  /** Prepares a statement, see {@link Db#prepare}. */
  public Stmt prepare(String sql) {
    return db.prepare(sql);
  }

  /** Runs a statement, see {@link Db#exec}. */
  public void exec(String sql) {
    db.exec(sql);
  }

  /** Runs a CREATE, ALTER or DROP. */
  void define(String sql) {
    db.exec(sql);
    relist();
  }
}
