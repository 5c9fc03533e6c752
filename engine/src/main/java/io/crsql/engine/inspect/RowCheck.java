package io.crsql.engine.inspect;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;

/**
 * Checks that a table's rows are those that are alive to its log: finds what was written past the
 * capture.
 *
 * <p>The rows that the unfolded tail speaks of are judged by its newest entry alone, all others by
 * the row index. EXCEPT, rather than a look-up, parts the two: the tail has no index by key.
 */
final class RowCheck {
  private final Schema schema;
  private final Crr crr;
  private final Report report;
  private final String tail;
  private final String table;
  private final String rows;
  private final String held;

  RowCheck(Schema schema, Crr crr, Report report) {
    this.schema = schema;
    this.crr = crr;
    this.report = report;
    this.tail =
        " FROM "
            + schema.of(Names.log(crr.registeredName))
            + " WHERE site IS NULL AND at > "
            + LogCheck.folded(schema, crr);
    this.table = " FROM " + schema.of(Names.quote(crr.name)) + " AS t WHERE ";
    this.rows = " FROM " + schema.of(Names.rows(crr.registeredName)) + " AS r WHERE ";
    this.held = " FROM " + schema.of(Names.held(crr.registeredName)) + " AS h WHERE ";
  }

  void run() {
    String there = "EXISTS(SELECT 1" + table + crr.sameKey() + ")";
    String alive = "r.cl % 2 AND " + crr.sameKey();
    String aside = "h.slot = -1 AND h.cl = r.cl AND " + crr.sameLogKey("h.", "r.");
    String keys = crr.logKey("r.");
    String except = " EXCEPT SELECT " + crr.logKey() + tail;
    nullKeys();
    find(
        "SELECT "
            + keys
            + rows
            + "r.cl % 2 AND NOT "
            + there
            + (" AND NOT EXISTS(SELECT 1" + held + aside + ")" + except),
        "its log has it alive, and the table does not have it",
        recapture());
    find(
        "SELECT "
            + crr.comparableKey("t.")
            + table
            + "NOT EXISTS(SELECT 1"
            + rows
            + alive
            + ")"
            + (" AND " + crr.keyNotNull("t.") + except),
        "the table has it, and its log does not have it alive",
        recapture());
    find(
        "SELECT "
            + keys
            + " FROM (SELECT "
            + crr.logKey()
            + ", max(at), cols"
            + tail
            + (" GROUP BY " + crr.logKey() + ") AS r WHERE cols <> 0 AND NOT " + there),
        "its log has it alive, and the table does not have it",
        recapture());
    find(
        "SELECT "
            + keys
            + " FROM (SELECT "
            + crr.logKey()
            + ", max(at), cols"
            + tail
            + (" GROUP BY " + crr.logKey() + ") AS r WHERE cols = 0 AND " + there),
        "the table has it, and its log does not have it alive",
        recapture());
    find(
        "SELECT "
            + keys
            + " FROM (SELECT DISTINCT "
            + crr.logKey()
            + ", cl FROM "
            + (schema.of(Names.held(crr.registeredName)) + ") AS r WHERE (" + there)
            + (" OR NOT EXISTS(SELECT 1 FROM "
                + schema.of(Names.rows(crr.registeredName))
                + " AS i WHERE ")
            + ("i.cl % 2 AND i.cl = r.cl AND " + crr.sameLogKey("i.", "r.") + "))" + except),
        "it is held aside, and its log does not have it alive or the table has it too",
        Report.RESTORE);
  }

  private String recapture() {
    return "drop the trigger "
        + schema.shown(crr.registeredName + "__crsql_insert")
        + " and call "
        + schema.call("crsql_as_crr", crr.name)
        + ", which captures that";
  }

  private void nullKeys() {
    try (Stmt stmt = schema.prepare("SELECT count(*)" + table + "NOT " + crr.keyNotNull("t."))) {
      stmt.step();
      if (stmt.getLong(0) > 0) {
        report.add(
            Report.table(crr.name),
            stmt.getLong(0) + " row(s) have a NULL in the PRIMARY KEY",
            "give them a key or delete them");
      }
    }
  }

  private void find(String query, String what, String remedy) {
    try (Stmt stmt = schema.prepare(query)) {
      while (stmt.step()) {
        report.add(report.row(crr.name, stmt, 0, crr.keyColumns()), what, remedy);
      }
    }
  }
}
