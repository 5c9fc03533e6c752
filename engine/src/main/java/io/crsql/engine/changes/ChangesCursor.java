package io.crsql.engine.changes;

import io.crsql.engine.replica.Replica;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** A query's cursor on {@code crsql_changes}. */
final class ChangesCursor implements Cursor {
  private final ChangesTable table;
  private final Replica replica;
  private Scan scan;

  ChangesCursor(ChangesTable table, Replica replica) {
    this.table = table;
    this.replica = replica;
  }

  @Override
  public void filter(int plan, Values args) {
    close();
    ScanPlan chosen = ScanPlan.read(plan, args);
    replica.transaction().look();
    boolean sort = chosen.byVersion && !table.arriveByVersion();
    scan = sort ? new SortedScan(replica.schema().db(), chosen) : new ArrivalScan(replica, chosen);
  }

  @Override
  public void next() {
    scan.next();
  }

  @Override
  public boolean eof() {
    return scan.eof();
  }

  @Override
  public void column(Result result, int i) {
    scan.column(result, i);
  }

  @Override
  public long rowid() {
    return scan.rowid();
  }

  @Override
  public void close() {
    if (scan != null) {
      scan.close();
      scan = null;
    }
  }
}
