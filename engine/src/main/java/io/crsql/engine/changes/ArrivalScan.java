package io.crsql.engine.changes;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.Result;
import java.util.ArrayList;
import java.util.List;

/**
 * The current changes in the order of their arrival: all logs scanned, merged and taken apart into
 * cells.
 */
final class ArrivalScan implements Scan {
  private final Replica replica;
  private final String schema;

  /** A binary heap by {@code at}: the scan that comes next is the first. */
  private final List<Source> scans = new ArrayList<>();

  /** The current entry's cells that are still to come, this one included; 0 for a deletion. */
  private long cells;

  ArrivalScan(ScanPlan plan) {
    this.replica = plan.replica;
    this.schema = plan.schema;
    replica.logs().scanBegins();
    if (!replica.registry().present()) {
      return;
    }
    long site = plan.site == null ? Sites.OWN : replica.sites().find(plan.site);
    if (site == Sites.UNKNOWN) {
      return;
    }
    for (long id : replica.registry().all()) {
      Crr crr = replica.registry().byId(id);
      if (crr != null && crr.readable() && plan.admits(crr.name)) {
        open(crr, plan, site);
      }
    }
    open(new ParkedScan(replica, plan), replica.clock().now());
    if (!scans.isEmpty()) {
      cells = scans.get(0).cols();
    }
  }

  private void open(Crr crr, ScanPlan plan, long site) {
    long now = replica.clock().now();
    long after = Math.max(plan.after, plan.version - crr.ticks);
    Log log = replica.logs().of(crr);
    if (log.last() <= after) {
      return;
    }
    open(new TableScan(replica, log, after, now, plan, site), now);
  }

  private void open(Source scan, long now) {
    scans.add(scan);
    if (scan.next(now)) {
      siftUp(scans.size() - 1);
    } else {
      scan.close();
      scans.remove(scans.size() - 1);
    }
  }

  @Override
  public void next() {
    cells &= cells - 1;
    if (cells != 0) {
      return;
    }
    Source first = scans.get(0);
    if (!first.next(replica.clock().now())) {
      first.close();
      Source last = scans.remove(scans.size() - 1);
      if (scans.isEmpty()) {
        return;
      }
      scans.set(0, last);
    }
    siftDown();
    cells = scans.get(0).cols();
  }

  private void siftUp(int from) {
    int i = from;
    while (i > 0 && scans.get(i).at() < scans.get((i - 1) / 2).at()) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void siftDown() {
    int i = 0;
    while (true) {
      int least = i;
      for (int child = 2 * i + 1; child <= 2 * i + 2 && child < scans.size(); child++) {
        least = scans.get(child).at() < scans.get(least).at() ? child : least;
      }
      if (least == i) {
        return;
      }
      swap(i, least);
      i = least;
    }
  }

  private void swap(int i, int j) {
    Source moved = scans.get(i);
    scans.set(i, scans.get(j));
    scans.set(j, moved);
  }

  @Override
  public boolean eof() {
    return scans.isEmpty();
  }

  /** The current cell's bit among its entry's columns. */
  private int bit() {
    return cells == 0 ? 0 : Long.numberOfTrailingZeros(cells);
  }

  @Override
  public void column(Result result, int i) {
    if (i == ChangesTable.SCHEMA) {
      result.setText(schema);
    } else {
      scans.get(0).column(result, i, bit());
    }
  }

  @Override
  public long rowid() {
    return scans.get(0).at() * 64 + bit();
  }

  @Override
  public void close() {
    for (Source scan : scans) {
      scan.close();
    }
    scans.clear();
    replica.logs().scanEnds();
  }
}
