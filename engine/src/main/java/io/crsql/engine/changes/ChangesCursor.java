package io.crsql.engine.changes;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** A query's cursor on {@code crsql_changes}. */
final class ChangesCursor implements Cursor {
  private final SchemaColumn schema;

  /** The database that is being read; null once all has been. */
  private Replica replica;

  private Scan scan;

  ChangesCursor(SchemaColumn schema) {
    this.schema = schema;
  }

  @Override
  public void filter(int plan, Values args) {
    close();
    ScanPlan chosen = ScanPlan.read(plan, args, schema);
    chosen.replica.logs().scanBegins();
    replica = chosen.replica;
    replica.transaction().look();
    boolean sort = chosen.byVersion && !ChangesTable.arriveByVersion(replica);
    scan = sort ? new SortedScan(replica.schema().db(), chosen) : new ArrivalScan(chosen);
    endAtEof();
  }

  private void endAtEof() {
    if (scan.eof()) {
      close();
    }
  }

  @Override
  public void next() {
    scan.next();
    endAtEof();
  }

  @Override
  public boolean eof() {
    return scan == null;
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
    if (replica != null) {
      replica.logs().scanEnds();
      replica = null;
    }
  }
}
