package io.crsql.engine.changes;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Bytes;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;

/** A scan of the parked changes, which are passed on to others. */
public final class ParkedScan implements ChangeSource {
  /** The cid of a parked change. */
  static final String CID =
      "CASE WHEN life = 1 OR col IN (-1, -2) THEN col ELSE col || '@' || life END";

  private static final int LIFE = 6;
  private static final int AT = 7;
  private static final int COL = 8;

  private final Replica replica;
  private final ScanPlan plan;
  private final ChangeReader reader;
  private final Stmt rows;

  /** A scan of all that has been parked after {@code after}. */
  public ParkedScan(Replica replica, long after) {
    this(replica, ScanPlan.after(after));
  }

  ParkedScan(Replica replica, ScanPlan plan) {
    this.replica = replica;
    this.plan = plan;
    this.reader = new ChangeReader(replica);
    // In the order of the columns of crsql_changes, as far as they go.
    rows =
        replica
            .schema()
            .prepare(
                "SELECT \"table\", pk, "
                    + CID
                    + ", val, version, site_id, life, at, col FROM "
                    + replica.schema().of("crsql_parked")
                    + " WHERE at > ?1 AND at <= ?2 AND version > ?3"
                    + (plan.site != null ? " AND site_id = ?4" : "")
                    + " ORDER BY at");
    rows.bindLong(1, plan.after);
    rows.bindLong(2, Math.min(plan.until, replica.clock().now()));
    rows.bindLong(3, plan.version);
    if (plan.site != null) {
      rows.bindBlob(4, plan.site);
    }
  }

  /** Whether anything is parked in a database. */
  public static boolean any(Replica replica) {
    String parked = replica.schema().of("crsql_parked");
    try (Stmt stmt = replica.schema().prepare("SELECT EXISTS(SELECT 1 FROM " + parked + ")")) {
      stmt.step();
      return stmt.getLong(0) != 0;
    }
  }

  @Override
  public boolean next(long now) {
    while (rows.step()) {
      if (plan.admits(rows.getText(ChangesTable.TABLE))
          && (!plan.ownSite || isOwn())
          && !isObsolete()) {
        return true;
      }
    }
    return false;
  }

  private boolean isOwn() {
    byte[] own = replica.sites().bytes(Sites.OWN);
    return Bytes.compare(rows.getBytes(ChangesTable.SITE_ID), own) == 0;
  }

  /**
   * Whether, if the table is known, its row has begun or ended a life since, or the key is none
   * that it can hold: whoever has the table would refuse it.
   */
  private boolean isObsolete() {
    Crr crr = replica.registry().byName(rows.getText(ChangesTable.TABLE));
    if (crr == null || !crr.readable()) {
      return false;
    }
    Key key;
    try {
      key = Key.of(reader.key(rows, crr, () -> "crsql_parked"));
    } catch (SqliteException e) {
      return true;
    }
    Log log = replica.logs().of(crr);
    return log.row(key).life() > rows.getLong(LIFE) || log.tailDeletes(key);
  }

  /** The change that it stands on. */
  public Received received() {
    return reader.read(rows);
  }

  @Override
  public long at() {
    return rows.getLong(AT);
  }

  @Override
  public long cols() {
    return 0;
  }

  @Override
  public void column(Result result, int i, int bit) {
    switch (i) {
      case ChangesTable.SITE_ID:
        if (!isOwn()) {
          result.setValue(rows, i);
        }
        break;
      case ChangesTable.COL:
        if (rows.type(COL) == ValueType.TEXT) {
          result.setText(Cid.read(rows, COL).name());
        }
        break;
      case ChangesTable.CL:
        result.setValue(rows, LIFE);
        break;
      case ChangesTable.DB_VERSION:
        result.setValue(rows, AT);
        break;
      default:
        result.setValue(rows, i);
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
