package io.crsql.engine.inspect;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.schema.Metadata;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Checks crsql's tables about the file. */
final class FileCheck {
  private static final String[][] TABLES = {
    {"crsql_meta", "key, value"},
    {"crsql_sites", "id, site, doubts, version, arrival"},
    {"crsql_tables", "id, name, slots, folded, deleted, numbers, altering"},
    {"crsql_columns", "tbl, slot, name, number, place"},
    {"crsql_renamed", "name, tbl, slot"},
    {"crsql_dropped", "tbl, col"},
    {"crsql_parked", "at, life, version, site_id"}
  };

  private final Schema schema;
  private final Report report;
  private final List<Long> sound = new ArrayList<>();
  private boolean readable;

  FileCheck(Schema schema, Report report) {
    this.schema = schema;
    this.report = report;
  }

  /** Whether the tables are there and such that the registry can be read from them. */
  boolean readable() {
    return readable;
  }

  /** The numbers of the CRRs whose shapes can be read. */
  List<Long> sound() {
    return sound;
  }

  void run() {
    if (absent()) {
      return;
    }
    boolean complete = true;
    for (String[] table : TABLES) {
      String query = "SELECT " + table[1] + " FROM " + schema.of(table[0]);
      complete &= report.attempt(table[0], () -> schema.prepare(query).close());
    }
    if (complete && format() && names()) {
      readable = true;
      clock();
      sites();
      doubts();
      parked();
      tables();
      strays();
    }
  }

  private boolean absent() {
    StringBuilder names = new StringBuilder();
    for (String[] table : TABLES) {
      names.append(names.length() == 0 ? "" : ", ").append(Names.literal(table[0]));
    }
    return number(
            "SELECT count(*) FROM " + schema.of("sqlite_schema") + " WHERE name IN (" + names + ")")
        == 0;
  }

  private long number(String query) {
    try (Stmt stmt = schema.prepare(query)) {
      stmt.step();
      return stmt.getLong(0);
    }
  }

  private boolean format() {
    try (Stmt stmt = meta("format")) {
      if (stmt.step() && stmt.type(0) == ValueType.INTEGER && stmt.getLong(0) == Metadata.FORMAT) {
        return true;
      }
    }
    report.add(
        "crsql_meta", "it does not say that the format is " + Metadata.FORMAT, Report.RESTORE);
    return false;
  }

  private Stmt meta(String key) {
    return schema.prepare(
        "SELECT value FROM " + schema.of("crsql_meta") + " WHERE key = " + Names.literal(key));
  }

  private void clock() {
    try (Stmt stmt = meta("clock")) {
      if (!stmt.step()
          || stmt.type(0) != ValueType.INTEGER
          || stmt.getLong(0) < 0
          || stmt.getLong(0) > Clock.MAX) {
        report.add(
            "crsql_meta", "its clock is not an integer from 0 to " + Clock.MAX, Report.RESTORE);
      }
    }
  }

  private void sites() {
    String sites = schema.of("crsql_sites");
    if (number("SELECT count(*) FROM " + sites + " WHERE id = 0") == 0) {
      report.add("crsql_sites", "the database itself, site 0, is missing", Report.RESTORE);
    }
    String odd = " WHERE id < 0 OR typeof(site) <> 'blob' OR length(site) <> 16";
    try (Stmt stmt = schema.prepare("SELECT id FROM " + sites + odd)) {
      while (stmt.step()) {
        report.add("crsql_sites", "site " + stmt.getLong(0) + " is not 16 bytes", Report.RESTORE);
      }
    }
  }

  /** What a merge has seen that speaks against a site's having one writer only. */
  private void doubts() {
    String remedy =
        "call crsql_new_site() in each copy but one, then UPDATE crsql_sites SET doubts = 0 here";
    try (Stmt stmt =
        schema.prepare(
            "SELECT id, hex(site), doubts FROM "
                + schema.of("crsql_sites")
                + " WHERE doubts IS NOT 0")) {
      while (stmt.step()) {
        if ((stmt.getLong(2) & Sites.TWO_WRITERS) != 0) {
          report.add(
              "crsql_sites",
              "two copies of a file write as site X'"
                  + stmt.getText(1)
                  + "', since one version has come with two values",
              remedy);
        }
        if ((stmt.getLong(2) & Sites.CAME_BACK) != 0) {
          report.add(
              "crsql_sites",
              "writes of this database's own have come back that it did not have, so that it is an"
                  + " older copy, or another copy of it is written",
              remedy);
        }
      }
    }
  }

  private void parked() {
    long odd =
        number(
            "SELECT count(*) FROM "
                + schema.of("crsql_parked")
                + " WHERE typeof(at) <> 'integer' OR typeof(version) <> 'integer'"
                + " OR typeof(life) <> 'integer' OR typeof(site_id) <> 'blob'"
                + " OR length(site_id) <> 16 OR NOT life BETWEEN 1 AND version OR version > at");
    if (odd > 0) {
      report.add("crsql_parked", odd + " row(s) are no changes", Report.RESTORE);
    }
  }

  private boolean names() {
    long odd =
        number(
            "SELECT count(*) FROM " + schema.of("crsql_tables") + " WHERE typeof(name) <> 'text'");
    if (odd > 0) {
      report.add("crsql_tables", odd + " table(s) have no name", Report.RESTORE);
    }
    return odd == 0;
  }

  private void tables() {
    String columns = " FROM " + schema.of("crsql_columns") + " c WHERE c.tbl = t.id";
    String wellFormed =
        "typeof(slot) = 'integer' AND slot BETWEEN 0 AND t.slots - 1"
            + " AND typeof(c.name) IN ('text', 'null') AND (number IS NULL"
            + " OR typeof(number) = 'integer' AND (number >= 0 OR number = -2 AND slot = 0))";
    try (Stmt stmt =
        schema.prepare(
            "SELECT id, name, slots, typeof(slots) = 'integer' AND slots > 0,"
                + " typeof(folded) = 'integer' AND folded >= 0,"
                + (" (SELECT count(*)" + columns + " AND " + wellFormed + "),")
                + (" (SELECT count(*)" + columns + "),")
                + (" (SELECT count(DISTINCT c.name COLLATE NOCASE) = count(c.name)")
                + (" AND count(DISTINCT number) = count(number)" + columns + ")")
                + (" FROM " + schema.of("crsql_tables") + " t ORDER BY name"))) {
      while (stmt.step()) {
        table(stmt);
      }
    }
  }

  private void table(Stmt stmt) {
    String where = Report.table(stmt.getText(1));
    long slots = stmt.getLong(2);
    boolean shaped = stmt.getLong(5) == slots && stmt.getLong(6) == slots && stmt.getLong(7) != 0;
    if (stmt.getLong(3) == 0 || !shaped) {
      report.add(
          where, "crsql_columns does not tell the column of each of its slots", Report.RESTORE);
    } else {
      sound.add(stmt.getLong(0));
    }
    if (stmt.getLong(4) == 0) {
      report.add(where, "crsql_tables does not tell how far its log is folded", Report.RESTORE);
    }
  }

  /** What is about no table that crsql knows. */
  private void strays() {
    String ids = " NOT IN (SELECT id FROM " + schema.of("crsql_tables") + ")";
    for (String table : new String[] {"crsql_columns", "crsql_renamed"}) {
      long strays = number("SELECT count(*) FROM " + schema.of(table) + " WHERE tbl" + ids);
      if (strays > 0) {
        report.add(
            table,
            strays + " row(s) are about tables that crsql_tables does not have",
            Report.RESTORE);
      }
    }
    try (Stmt stmt =
        schema.prepare(
            "SELECT name FROM "
                + schema.of("sqlite_schema")
                + " WHERE type = 'table' AND name LIKE '%\\_\\_crsql\\_log' ESCAPE '\\'"
                + " AND substr(name, 1, length(name) - 11) COLLATE NOCASE NOT IN (SELECT name FROM "
                + schema.of("crsql_tables")
                + ")")) {
      while (stmt.step()) {
        report.add(
            Report.table(stmt.getText(0)),
            "it is the log of a table that crsql_tables does not have",
            Report.RESTORE);
      }
    }
  }
}
