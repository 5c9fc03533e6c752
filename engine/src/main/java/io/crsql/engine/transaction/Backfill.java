package io.crsql.engine.transaction;

import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.sqlite.Db;

/**
 * Captures what a table holds and its log does not know of: all its rows when it becomes a CRR,
 * later those that were written while capture was broken. Changed values of rows that the log knows
 * cannot be told.
 */
public final class Backfill {
  private Backfill() {}

  /** Brings the log up to date with the table's rows. */
  public static void run(Db db, Crr crr, Transaction transaction) {
    Log log = transaction.folded(crr);
    String rows = "main." + Names.rows(crr.name) + " AS r";
    String table = "main." + Names.quote(crr.name) + " AS t";
    String insert = "INSERT INTO " + log.name() + "(at, " + crr.logKey() + ", cols, part) SELECT ";
    String known = " EXISTS(SELECT 1 FROM " + rows + " WHERE r.cl % 2 AND " + crr.sameKey() + ")";
    String there = " EXISTS(SELECT 1 FROM " + table + " WHERE " + crr.sameKey() + ")";
    StringBuilder groups = new StringBuilder();
    for (int group = 0; group < crr.groups(); group++) {
      groups.append(group == 0 ? "SELECT " : " UNION ALL SELECT ").append(group);
      groups.append(group == 0 ? " AS n, " : ", ").append(crr.fullMask(group));
      groups.append(group == 0 ? " AS cols" : "");
    }
    db.exec(
        insert
            + "CASE g.n WHEN 0 THEN crsql_tick("
            + crr.id
            + ", "
            + crr.ticks
            + ") ELSE crsql_at(g.n * "
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
    db.exec(
        insert
            + "crsql_tick("
            + crr.id
            + ", 1), "
            + crr.logKey()
            + ", 0, 0 FROM "
            + rows
            + " WHERE r.cl % 2 AND NOT"
            + there);
  }
}
