package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.List;

/** What SQLite's catalogue says of one table, as it is now. */
final class Catalog {
  /** One trigger of the table: name, SQL text, and whether it is in the temp schema. */
  record Trigger(String name, String sql, boolean temporary) {}

  final Schema schema;
  final String name;
  final String sql;
  final String type;
  final List<CatalogColumn> columns = new ArrayList<>();
  final List<KeyColumn> key = new ArrayList<>();

  /** Names of UNIQUE indices and constraints other than the primary key. */
  final List<String> unique = new ArrayList<>();

  /** In the order in which they were made; temporary ones, which SQLite runs first, last. */
  final List<Trigger> triggers = new ArrayList<>();

  /** Whether the key is an alias of the rowid. */
  boolean integerKey;

  boolean foreignKeys;

  /** Whether it is the storage of a virtual table. */
  boolean shadow;

  private Catalog(Schema schema, String name, String type, String sql) {
    this.schema = schema;
    this.name = name;
    this.type = type;
    this.sql = sql;
  }

  /** Reads the table (or view) of that name, in any case; null if there is none. */
  static Catalog read(Schema schema, String table) {
    Catalog catalog = null;
    List<Trigger> triggers = new ArrayList<>();
    try (Stmt stmt = schema.entries(table)) {
      while (stmt.step()) {
        if (stmt.getText(1).equals("trigger")) {
          triggers.add(new Trigger(stmt.getText(0), stmt.getText(2), false));
        } else {
          catalog = new Catalog(schema, stmt.getText(0), stmt.getText(1), stmt.getText(2));
        }
      }
    }
    if (catalog != null) {
      catalog.triggers.addAll(triggers);
      catalog.readColumns();
      catalog.readIndices();
      catalog.readTemporaryTriggers();
    }
    return catalog;
  }

  /** Reads the primary key of a table; empty if there is no such table. */
  static List<KeyColumn> readKey(Schema schema, String table) {
    Catalog catalog = new Catalog(schema, table, "table", "");
    catalog.readColumns();
    catalog.readIndices();
    return catalog.key;
  }

  private Stmt about(String query) {
    Stmt stmt = schema.prepare(query);
    stmt.bindText(1, name);
    return stmt;
  }

  private void readColumns() {
    boolean strict = false;
    try (Stmt stmt =
        about(
            "SELECT strict, type FROM pragma_table_list(?1) WHERE schema = " + schema.literal())) {
      if (stmt.step()) {
        strict = stmt.getLong(0) != 0;
        shadow = stmt.getText(1).equals("shadow");
      }
    }
    try (Stmt stmt =
        about(
            "SELECT cid, name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo(?1, "
                + schema.literal()
                + ")"
                + " WHERE hidden = 0")) {
      while (stmt.step()) {
        columns.add(
            new CatalogColumn(
                (int) stmt.getLong(0),
                stmt.getText(1),
                Affinity.of(stmt.getText(2), strict),
                strict && !Names.asciiLower(stmt.getText(2)).equals("any"),
                stmt.getLong(3) != 0,
                stmt.getText(4),
                (int) stmt.getLong(5)));
      }
    }
  }

  private void readIndices() {
    String keyIndex = null;
    try (Stmt stmt =
        about(
            "SELECT name, origin FROM pragma_index_list(?1, "
                + schema.literal()
                + ") WHERE \"unique\" ORDER BY seq")) {
      while (stmt.step()) {
        if (stmt.getText(1).equals("pk")) {
          keyIndex = stmt.getText(0);
        } else {
          unique.add(stmt.getText(0));
        }
      }
    }
    try (Stmt stmt = about("SELECT 1 FROM pragma_foreign_key_list(?1, " + schema.literal() + ")")) {
      foreignKeys = stmt.step();
    }
    readKey(keyIndex);
  }

  private void readKey(String keyIndex) {
    if (keyIndex == null) {
      for (CatalogColumn column : columns) {
        if (column.keyPlace() == 1) {
          integerKey = true;
          key.add(new KeyColumn(column.name(), Affinity.INTEGER, true, "BINARY", false));
        }
      }
      return;
    }
    try (Stmt stmt =
        schema.prepare(
            "SELECT x.name, x.coll, (SELECT wr FROM pragma_table_list(?2) WHERE schema = "
                + schema.literal()
                + ")"
                + " FROM pragma_index_xinfo(?1, "
                + schema.literal()
                + ") x"
                + " WHERE x.cid IN (SELECT cid FROM pragma_table_xinfo(?2, "
                + schema.literal()
                + ") WHERE pk > 0)"
                + " AND x.key ORDER BY x.seqno")) {
      stmt.bindText(1, keyIndex);
      stmt.bindText(2, name);
      while (stmt.step()) {
        CatalogColumn column = column(stmt.getText(0));
        boolean nullable = !column.notNull() && stmt.getLong(2) == 0;
        key.add(
            new KeyColumn(
                column.name(), column.affinity(), column.typed(), stmt.getText(1), nullable));
      }
    }
  }

  private void readTemporaryTriggers() {
    try (Stmt stmt =
        about(
            "SELECT name, sql FROM temp.sqlite_schema"
                + " WHERE type = 'trigger' AND tbl_name = ?1 COLLATE NOCASE ORDER BY rowid")) {
      while (stmt.step()) {
        Trigger trigger = new Trigger(stmt.getText(0), stmt.getText(1), true);
        if (isOnThis(trigger)) {
          triggers.add(trigger);
        }
      }
    }
  }

  /**
   * Whether a temporary trigger is on this table rather than on one of that name in another schema.
   * If it names no schema, SQLite takes the first that has one: temp, main, and then in the order
   * of attaching.
   */
  private boolean isOnThis(Trigger trigger) {
    String named = Tokens.schemaOfTriggersTable(trigger.sql());
    if (named != null) {
      return named.equalsIgnoreCase(schema.name());
    }
    try (Stmt first =
        about(
            "SELECT d.name FROM pragma_table_list(?1) l JOIN pragma_database_list d"
                + " ON d.name = l.schema ORDER BY d.seq <> 1, d.seq LIMIT 1")) {
      return first.step() && first.getText(0).equals(schema.name());
    }
  }

  /** The trigger of that name, in any case, that is not temporary; null if there is none. */
  Trigger trigger(String triggerName) {
    for (Trigger trigger : triggers) {
      if (!trigger.temporary() && trigger.name().equalsIgnoreCase(triggerName)) {
        return trigger;
      }
    }
    return null;
  }

  /** The table as messages show it. */
  String shown() {
    return schema.shown(name);
  }

  /** The column of that name, in any case; null if there is none. */
  CatalogColumn column(String columnName) {
    String wanted = Names.asciiLower(columnName);
    for (CatalogColumn column : columns) {
      if (Names.asciiLower(column.name()).equals(wanted)) {
        return column;
      }
    }
    return null;
  }
}
