package io.crsql.engine.changes;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;

/**
 * The changes in the order of their versions, sorted by SQLite: for a query that was planned when
 * arrival was still in that order, and is run again after changes of others have been merged.
 */
final class SortedScan implements Scan {
  private final Stmt rows;
  private boolean eof;

  SortedScan(Db db, ScanPlan plan) {
    String sites =
        plan.ownSite ? " AND site_id IS NULL" : plan.site == null ? "" : " AND site_id = ?4";
    rows =
        db.prepare(
            "SELECT \"table\", pk, cid, val, version, site_id, col, cl, db_version, rowid"
                + " FROM crsql_changes WHERE db_version > ?1 AND db_version <= ?2 AND version > ?3"
                + sites
                + (plan.table == null ? "" : " AND \"table\" = ?5")
                + " ORDER BY +version");
    rows.bindLong(1, plan.after);
    rows.bindLong(2, plan.until);
    rows.bindLong(3, plan.version);
    if (plan.site != null) {
      rows.bindBlob(4, plan.site);
    }
    if (plan.table != null) {
      rows.bindText(5, plan.table);
    }
    next();
  }

  @Override
  public void next() {
    eof = !rows.step();
  }

  @Override
  public boolean eof() {
    return eof;
  }

  @Override
  public void column(Result result, int i) {
    result.setValue(rows, i);
  }

  @Override
  public long rowid() {
    return rows.getLong(ChangesTable.DB_VERSION + 1);
  }

  @Override
  public void close() {
    rows.close();
  }
}
