package io.crsql.engine.changes;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.value.Literals;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** A table's current log entries as changes. */
final class TableScan implements ChangeSource {
  private final Sites sites;
  private final Registry registry;
  private final Crr crr;
  private final EntryScan entries;
  private final byte[] name;
  private final Literals literals = new Literals();
  private final Literals keys = new Literals();
  private long schemaVersion;

  /** The entry whose key {@link #keys} has given; 0 if it cannot give it again. */
  private long keyOf;

  /**
   * Prepares the scan.
   *
   * @param after only entries with a greater {@code at}, whatever the plan says
   * @param now the clock
   * @param site the number of the plan's site
   */
  TableScan(Replica replica, Log log, long after, long now, ScanPlan plan, long site) {
    this.sites = replica.sites();
    this.registry = replica.registry();
    this.schemaVersion = registry.version();
    this.crr = log.crr;
    this.name = Utf8.encode(crr.name);
    String ofOwn = plan.ownSite ? " AND coalesce(r.site, 0) = ?3" : "";
    String condition = plan.site != null ? " AND r.site = ?3" : ofOwn;
    entries = new EntryScan(replica, log, after, plan.until, now, condition, site);
  }

  @Override
  public boolean next(long now) {
    if (schemaVersion != registry.version()) {
      schemaVersion = registry.version();
      entries.restart();
    }
    return entries.next(now);
  }

  @Override
  public long at() {
    return entries.at();
  }

  @Override
  public long cols() {
    return entries.cols();
  }

  @Override
  public void column(Result result, int i, int bit) {
    switch (i) {
      case ChangesTable.TABLE:
        result.setTextBytes(name);
        break;
      case ChangesTable.PK:
        key(result);
        break;
      case ChangesTable.CID:
        cid(result, column(bit));
        break;
      case ChangesTable.VAL:
        value(result, bit);
        break;
      case ChangesTable.VERSION:
        result.setLong(entries.version() + bit);
        break;
      case ChangesTable.SITE_ID:
        if (!entries.local() && entries.site() != Sites.OWN) {
          result.setBlob(sites.bytes(entries.site()));
        }
        break;
      case ChangesTable.COL:
        Column column = column(bit);
        if (column != null) {
          result.setText(column.name);
        }
        break;
      case ChangesTable.CL:
        result.setLong(entries.life());
        break;
      default:
        result.setLong(entries.at());
    }
  }

  /** Gives the key, which is the same for all cells of an entry. */
  private void key(Result result) {
    if (keyOf == entries.at()) {
      keys.again(result);
      return;
    }
    Values entry = entries.entry();
    keys.key(entry, EntryScan.KEY, crr.keyColumns(), result);
    int type = entry.type(EntryScan.KEY);
    boolean text = crr.keyColumns() > 1 || type == ValueType.TEXT || type == ValueType.BLOB;
    keyOf = text ? entries.at() : 0;
  }

  /** The column of a cell; null for a deletion or an existence mark. */
  private Column column(int bit) {
    return entries.cols() == 0 ? null : crr.column(entries.group() * Crr.GROUP + bit);
  }

  private void cid(Result result, Column column) {
    if (column == null) {
      result.setLong(entries.cols() == 0 ? Cid.DELETION : Cid.EXISTENCE);
    } else {
      Cid.give(column, entries.life(), result);
    }
  }

  /** Gives the value of a cell, which stands in the user's table or is held aside. */
  private void value(Result result, int bit) {
    if (column(bit) == null) {
      result.setLong(entries.life());
    } else if (!entries.held()) {
      literals.value(entries.values(), entries.place(bit), result);
    } else {
      Stmt cell = entries.cell(bit);
      try {
        literals.value(cell, 0, result);
      } finally {
        cell.reset();
      }
    }
  }

  @Override
  public void close() {
    entries.close();
  }
}
