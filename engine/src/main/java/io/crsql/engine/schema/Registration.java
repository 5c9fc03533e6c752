package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of crsql_tables.
 *
 * @param id the table's number
 * @param name its name when it was last registered
 * @param slots how many slots have been given
 * @param numbers how many columns it had at crsql_as_crr
 * @param altering whether crsql_begin_alter has been called for it
 */
record Registration(long id, String name, int slots, int numbers, boolean altering) {
  /** The rows, by number. */
  static List<Registration> all(Schema schema) {
    List<Registration> all = new ArrayList<>();
    try (Stmt stmt =
        schema.prepare(
            "SELECT id, name, slots, numbers, altering FROM "
                + schema.of("crsql_tables")
                + " ORDER BY id")) {
      while (stmt.step()) {
        all.add(
            new Registration(
                stmt.getLong(0),
                stmt.getText(1),
                (int) stmt.getLong(2),
                (int) stmt.getLong(3),
                stmt.getLong(4) != 0));
      }
    }
    return all;
  }

  /** The slots whose columns have not been found gone, in their order. */
  List<Lineage.Registered> columns(Schema schema) {
    List<Lineage.Registered> columns = new ArrayList<>();
    try (Stmt stmt =
        schema.prepare(
            "SELECT slot, name, coalesce(number, -1), place FROM "
                + schema.of("crsql_columns")
                + " WHERE tbl = ?1 AND name IS NOT NULL ORDER BY slot")) {
      stmt.bindLong(1, id);
      while (stmt.step()) {
        columns.add(
            new Lineage.Registered(
                (int) stmt.getLong(0),
                stmt.getText(1),
                (int) stmt.getLong(2),
                (int) stmt.getLong(3)));
      }
    }
    return columns;
  }

  /** The names that columns had before, by slot. */
  Map<Integer, List<String>> formerNames(Schema schema) {
    Map<Integer, List<String>> names = new HashMap<>();
    try (Stmt stmt =
        schema.prepare(
            "SELECT slot, name FROM "
                + schema.of("crsql_renamed")
                + " WHERE tbl = ?1 AND slot >= 0")) {
      stmt.bindLong(1, id);
      while (stmt.step()) {
        names.computeIfAbsent((int) stmt.getLong(0), k -> new ArrayList<>()).add(stmt.getText(1));
      }
    }
    return names;
  }

  /**
   * The table that this CRR is now: the one that its triggers have moved to, else the one of its
   * name; null if it has been dropped.
   */
  Catalog find(Schema schema) {
    Catalog named = Catalog.read(schema, name);
    if (named != null && isOn(named)) {
      return named;
    }
    String[] triggers = Capture.names(name);
    try (Stmt stmt =
        schema.prepare(
            "SELECT tbl_name FROM "
                + schema.of("sqlite_schema")
                + " WHERE type = 'trigger' AND name COLLATE NOCASE IN (?2, ?3, ?4, ?5)"
                + " AND instr(sql, ?1)")) {
      stmt.bindText(1, Long.toString(id));
      for (int i = 0; i < triggers.length; i++) {
        stmt.bindText(i + 2, triggers[i]);
      }
      if (stmt.step()) {
        return Catalog.read(schema, stmt.getText(0));
      }
    }
    return named == null || isAnother(named) ? null : named;
  }

  /** Whether the table is another CRR, which has been given the name of this one. */
  private boolean isAnother(Catalog table) {
    for (Catalog.Trigger trigger : table.triggers) {
      if (Capture.isOfAnother(trigger.name(), name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks that a table is the one registered here.
   *
   * @param current the name that the registered table has now
   * @param table the table that was named; null if there is none
   */
  void checkIs(String current, Catalog table) {
    if (table != null && !current.equals(table.name)) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql: "
              + table.shown()
              + " is a new table, and the replicated table of that name has been renamed to "
              + Names.shown(current)
              + "; drop that one if this one shall take its place, or call "
              + table.schema.call(altering ? "crsql_commit_alter" : "crsql_as_crr", current)
              + " first");
    }
  }

  /** Whether the table lacks any of its triggers, so that writes may have gone by. */
  boolean hasLostTriggers(Schema schema, Catalog table) {
    boolean columns = !Shapes.columns(columns(schema)).isEmpty();
    return Shapes.ours(table, name).size() < (columns ? 4 : 3);
  }

  /** Whether the table bears this CRR's triggers. */
  boolean isOn(Catalog table) {
    for (Catalog.Trigger trigger : Shapes.ours(table, name)) {
      if (trigger.sql().contains(Long.toString(id))) {
        return true;
      }
    }
    return false;
  }
}
