package io.crsql.engine.changes;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** A query's cursor on {@code crsql_changes}. */
final class ChangesCursor implements Cursor {
  private final SchemaColumn schema;
  private Scan scan;

  ChangesCursor(SchemaColumn schema) {
    this.schema = schema;
  }

  @Override
  public void filter(int plan, Values args) {
    close();
    ScanPlan chosen = ScanPlan.read(plan, args, schema);
    Replica replica = chosen.replica;
    replica.transaction().look();
    boolean sort = chosen.byVersion && !ChangesTable.arriveByVersion(replica);
    scan = sort ? new SortedScan(replica.schema().db(), chosen) : new ArrivalScan(chosen);
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
