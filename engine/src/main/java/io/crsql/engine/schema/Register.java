package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;

/** Writes what crsql_tables, crsql_columns and crsql_renamed say of a table. */
final class Register {
  /** The slot under which crsql_renamed has the former names of a table. */
  private static final int TABLE = -1;

  private static final String[] ABOUT_TABLES = {"crsql_renamed", "crsql_columns"};

  /** An SQL expression: a table's number, which no other file has. */
  private static final String RANDOM_NUMBER = "random() & 9223372036854775807 | 1";

  private final Schema schema;
  private final Dropped dropped;

  Register(Schema schema) {
    this.schema = schema;
    this.dropped = new Dropped(schema);
  }

  /**
   * Registers a table, under a random number that no other file has.
   *
   * @return the number
   */
  long add(Catalog catalog) {
    long id;
    try (Stmt stmt =
        schema.prepare(
            "INSERT INTO "
                + schema.of("crsql_tables")
                + "(id, name, slots, folded, numbers)"
                + " VALUES("
                + RANDOM_NUMBER
                + ", ?1, 0, 0, ?2) RETURNING id")) {
      stmt.bindText(1, catalog.name);
      stmt.bindLong(2, catalog.columns.get(catalog.columns.size() - 1).number() + 1);
      stmt.step();
      id = stmt.getLong(0);
    }
    int slots = 0;
    for (CatalogColumn column : catalog.columns) {
      if (column.keyPlace() == 0) {
        column(id, slots++, column.name(), Integer.toString(column.number()), column.number());
      }
    }
    if (slots == 0) {
      column(id, slots++, "", Integer.toString(Shapes.EXISTENCE), Shapes.EXISTENCE);
    }
    setSlots(id, slots);
    dropped.tableCame(catalog.name);
    return id;
  }

  private void column(long id, int slot, String name, String number, int place) {
    run(
        "INSERT INTO "
            + schema.of("crsql_columns")
            + "(tbl, slot, name, number, place) VALUES("
            + id
            + ", "
            + slot
            + ", ?1, "
            + number
            + ", "
            + place
            + ")",
        name);
  }

  private void setSlots(long id, int slots) {
    schema.exec(
        "UPDATE " + schema.of("crsql_tables") + " SET slots = " + slots + " WHERE id = " + id);
  }

  private void run(String sql, String text) {
    try (Stmt stmt = schema.prepare(sql)) {
      stmt.bindText(1, text);
      stmt.step();
    }
  }

  /** Follows columns: those that are gone lose their slots, new ones get the next. */
  void columns(Registration row, Lineage lineage) {
    for (Lineage.Registered gone : lineage.gone) {
      setName(row.id(), gone.slot(), null);
      dropped.column(row.name(), gone.name());
    }
    for (Lineage.Registered renamed : lineage.renamed) {
      String name = lineage.bySlot[renamed.slot()].name();
      setName(row.id(), renamed.slot(), name);
      former(row.id(), renamed.slot(), renamed.name(), name);
    }
    int slots = row.slots();
    for (CatalogColumn column : lineage.added) {
      column(row.id(), slots++, column.name(), "NULL", column.number());
      dropped.columnCame(row.name(), column.name());
    }
    setSlots(row.id(), slots);
  }

  private void setName(long id, int slot, String name) {
    try (Stmt stmt =
        schema.prepare(
            "UPDATE "
                + schema.of("crsql_columns")
                + " SET name = ?1 WHERE tbl = "
                + id
                + " AND slot = "
                + slot)) {
      if (name != null) {
        stmt.bindText(1, name);
      }
      stmt.step();
    }
  }

  /** Keeps a former name; it means what bore it last. */
  private void former(long id, int slot, String was, String is) {
    String renamed = schema.of("crsql_renamed");
    String ofKind = slot == TABLE ? " AND slot = -1" : " AND slot >= 0 AND tbl = " + id;
    run("DELETE FROM " + renamed + " WHERE name = ?1" + ofKind, was);
    run("DELETE FROM " + renamed + " WHERE name = ?1" + ofKind, is);
    run("INSERT INTO " + renamed + "(name, tbl, slot) VALUES(?1, " + id + ", " + slot + ")", was);
  }

  /** Gives a table the name that it has now, and its companions with it. */
  void rename(Registration row, String name) {
    String[] was = Names.companions(row.name());
    String[] is = Names.companions(name);
    for (int i = 0; i < was.length; i++) {
      if (Catalog.read(schema, was[i]) != null) {
        schema.define(
            "ALTER TABLE " + schema.of(Names.quote(was[i])) + " RENAME TO " + Names.quote(is[i]));
      }
    }
    run("UPDATE " + schema.of("crsql_tables") + " SET name = ?1 WHERE id = " + row.id(), name);
    former(row.id(), TABLE, row.name(), name);
  }

  /** Notes whether the table is being altered. */
  void setAltering(long id, boolean altering) {
    schema.exec(
        "UPDATE "
            + schema.of("crsql_tables")
            + " SET altering = "
            + (altering ? 1 : 0)
            + " WHERE id = "
            + id);
  }

  /** Gives a table another number. */
  void renumber(long was) {
    String lives = indexed(Names.lives(was));
    long is;
    try (Stmt stmt =
        schema.prepare(
            "UPDATE "
                + schema.of("crsql_tables")
                + " SET id = "
                + RANDOM_NUMBER
                + " WHERE id = ?1 RETURNING id")) {
      stmt.bindLong(1, was);
      stmt.step();
      is = stmt.getLong(0);
    }
    for (String table : ABOUT_TABLES) {
      schema.exec("UPDATE " + schema.of(table) + " SET tbl = " + is + " WHERE tbl = " + was);
    }
    if (lives != null) {
      rename(Names.lives(was), Names.lives(is), lives);
    }
  }

  /** What an index is on, from the word ON; null if it is not there. */
  private String indexed(String index) {
    try (Stmt stmt =
        schema.prepare("SELECT sql FROM " + schema.of("sqlite_schema") + " WHERE name = ?1")) {
      stmt.bindText(1, index);
      return stmt.step() ? stmt.getText(0).substring(stmt.getText(0).indexOf(" ON ")) : null;
    }
  }

  private void rename(String was, String is, String on) {
    schema.define("DROP INDEX " + schema.of(was));
    schema.define("CREATE INDEX " + schema.of(is) + on);
  }

  /** Forgets a table, and drops its companions. */
  void remove(Registration row) {
    for (String companion : Names.companions(row.name())) {
      schema.define("DROP TABLE IF EXISTS " + schema.of(Names.quote(companion)));
    }
    for (String table : ABOUT_TABLES) {
      schema.exec("DELETE FROM " + schema.of(table) + " WHERE tbl = " + row.id());
    }
    schema.exec("DELETE FROM " + schema.of("crsql_tables") + " WHERE id = " + row.id());
    dropped.table(row.name());
  }
}
