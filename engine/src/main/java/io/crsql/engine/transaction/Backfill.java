package io.crsql.engine.transaction;

import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Mended;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;

/**
 * Captures what a table holds and its log does not know of: all its rows when it becomes a CRR,
 * later those that were written while capture was broken. Changed values of rows that the log knows
 * cannot be told.
 */
public final class Backfill {
  private final Schema schema;
  private final Crr crr;
  private final Log log;
  private final String table;
  private final String insert;

  /** Works on a CRR that can be written, and folds its log. */
  public Backfill(Schema schema, Crr crr, Transaction transaction) {
    this.schema = schema;
    this.crr = crr;
    this.log = transaction.folded(crr);
    this.table = schema.of(Names.quote(crr.name)) + " AS t";
    this.insert = "INSERT INTO " + log.name() + "(at, " + crr.logKey() + ", cols, part) SELECT ";
  }

  /** Brings the log up to date with what may have passed it by. */
  public void run(Mended mended) {
    if (mended.rows()) {
      String rows = schema.of(Names.rows(crr.name)) + " AS r";
      String alive = "EXISTS(SELECT 1 FROM " + rows + " WHERE r.cl % 2 AND " + crr.sameKey() + ")";
      String held = schema.of(Names.held(crr.name)) + " AS r";
      // What is held of a row was not in the table: a row that is there has been written since.
      String aside =
          "EXISTS(SELECT 1 FROM " + held + " WHERE r.slot < 0 AND " + crr.sameKey() + ")";
      newRows(" (" + alive + " AND NOT " + aside + ")");
      lostRows(rows, " EXISTS(SELECT 1 FROM " + table + " WHERE " + crr.sameKey() + ")");
    }
    for (int slot : mended.slots()) {
      newColumn(slot);
    }
  }

  private String tick(int ticks) {
    return "crsql_tick(" + crr.id + ", " + ticks + ")";
  }

  private void newRows(String known) {
    StringBuilder groups = new StringBuilder();
    for (int group = 0; group < crr.groups(); group++) {
      groups.append(group == 0 ? "SELECT " : " UNION ALL SELECT ").append(group);
      groups.append(group == 0 ? " AS n, " : ", ").append(crr.fullMask(group));
      groups.append(group == 0 ? " AS cols" : "");
    }
    schema.exec(
        insert
            + "CASE g.n WHEN 0 THEN "
            + tick(crr.ticks)
            + " ELSE crsql_at(g.n * "
            + Crr.GROUP
            + ") END, "
            + crr.keyNames("t.")
            + ", g.cols, g.n * 2 FROM "
            + table
            + " CROSS JOIN ("
            + groups
            + ") AS g WHERE NOT"
            + known
            + " ORDER BY "
            + crr.keyNames("t."));
  }

  private void lostRows(String rows, String there) {
    schema.exec(
        insert
            + tick(0)
            + ", "
            + crr.logKey()
            + ", 0, 0 FROM "
            + rows
            + " WHERE r.cl % 2 AND NOT"
            + there
            + " AND ("
            + crr.logKey()
            + ") NOT IN (SELECT "
            + crr.logKey()
            + " FROM "
            + schema.of(Names.held(crr.name))
            + " WHERE slot < 0)");
  }

  /** Rows whose value in a new column is not its default. */
  private void newColumn(int slot) {
    Column column = crr.column(slot);
    int group = slot / Crr.GROUP;
    schema.exec(
        insert
            + tick(crr.ticks)
            + " + "
            + group * Crr.GROUP
            + ", "
            + crr.keyNames("t.")
            + ", "
            + (1L << slot % Crr.GROUP)
            + ", "
            + group * 2
            + " FROM "
            + table
            + " WHERE "
            + column.differs("t." + column.quoted(), column.constantDefault())
            + " ORDER BY "
            + crr.keyNames("t."));
  }
}
