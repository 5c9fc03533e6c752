package io.crsql.engine.changes;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.Result;

/**
 * The current changes in the order of their arrival: all logs scanned, merged and taken apart into
 * cells.
 */
final class ArrivalScan implements Scan {
  private final Replica replica;
  private final String schema;
  private final Arrivals<ChangeSource> sources = new Arrivals<>();

  /** What stands on the current entry. */
  private ChangeSource current;

  /** The current entry's cells that are still to come, this one included; 0 for a deletion. */
  private long cells;

  /** The current cell's bit among its entry's columns. */
  private int bit;

  ArrivalScan(ScanPlan plan) {
    this.replica = plan.replica;
    this.schema = plan.schema;
    if (!replica.registry().present()) {
      return;
    }
    long site = plan.site == null ? Sites.OWN : replica.sites().find(plan.site);
    if (site == Sites.UNKNOWN) {
      return;
    }
    long now = replica.clock().now();
    for (long id : replica.registry().all()) {
      Crr crr = replica.registry().byId(id);
      if (crr != null && crr.readable() && plan.admits(crr.name)) {
        open(crr, plan, site, now);
      }
    }
    if (ParkedScan.any(replica)) {
      sources.add(new ParkedScan(replica, plan), now);
    }
    arrive();
  }

  private void arrive() {
    if (!sources.isEmpty()) {
      current = sources.first();
      cells = current.cols();
      bit = cells == 0 ? 0 : Long.numberOfTrailingZeros(cells);
    }
  }

  private void open(Crr crr, ScanPlan plan, long site, long now) {
    long after = Math.max(plan.after, plan.version - crr.ticks);
    Log log = replica.logs().of(crr);
    if (log.last() > after) {
      sources.add(new TableScan(replica, log, after, now, plan, site), now);
    }
  }

  @Override
  public void next() {
    cells &= cells - 1;
    if (cells != 0) {
      bit = Long.numberOfTrailingZeros(cells);
      return;
    }
    sources.next(replica.clock().now());
    arrive();
  }

  @Override
  public boolean eof() {
    return sources.isEmpty();
  }

  @Override
  public void column(Result result, int i) {
    if (i == ChangesTable.SCHEMA) {
      result.setText(schema);
    } else {
      current.column(result, i, bit);
    }
  }

  @Override
  public long rowid() {
    return current.at() * 64 + bit;
  }

  @Override
  public void close() {
    sources.close();
  }
}
