package io.crsql.engine.changes;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Literals;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;

/** A scan of one table's current log entries, in arrival order, each with the row's values. */
final class TableScan implements Source {
  private static final int AT = 0;
  private static final int COLS = 1;
  private static final int GROUP = 2;
  private static final int SITE = 3;
  private static final int VERSION = 4;
  private static final int KEY = 5;

  private final Crr crr;
  private final Sites sites;
  private final Literals literals = new Literals();
  private final Log log;
  private final long began;
  private final Stmt entries;
  private final Stmt newer;
  private final Stmt values;
  private final Tail tail;

  /** The entry that the scan stands on. */
  private long at;

  private long cols;
  private int group;
  private long life;

  /** Whether the row is held aside. */
  private boolean held;

  /**
   * Prepares the scan.
   *
   * @param after only entries with a greater {@code at}, whatever the plan says
   * @param began the clock as it is now: later entries are none of the scan's
   * @param site the number of the plan's site
   */
  TableScan(Replica replica, Log log, long after, long began, ScanPlan plan, long site) {
    Schema schema = replica.schema();
    this.sites = replica.sites();
    this.log = log;
    this.crr = log.crr;
    this.began = began;
    String ofSite = plan.ownSite ? " AND coalesce(site, 0) = 0" : "";
    entries =
        schema.prepare(
            "SELECT at, cols, part >> 1, site, version, "
                + crr.logKey()
                + " FROM "
                + log.name()
                + " WHERE at > ?1 AND at <= ?2"
                + (plan.site != null ? " AND site = ?3" : ofSite)
                + " ORDER BY at");
    entries.bindLong(1, after);
    entries.bindLong(2, Math.min(began, plan.until));
    if (plan.site != null) {
      entries.bindLong(3, site);
    }
    newer =
        schema.prepare(
            "SELECT cols, part >> 1 FROM "
                + log.name()
                + " WHERE at > ?1 AND site IS NULL AND "
                + crr.logKeyIs(2));
    newer.bindLong(1, began);
    values = schema.prepare(valuesQuery(schema, crr));
    tail = new Tail(schema, log, after, began);
  }

  private static String valuesQuery(Schema schema, Crr crr) {
    StringBuilder columns = new StringBuilder();
    for (int slot = 0; slot < crr.slots(); slot++) {
      Column column = crr.column(slot);
      if (column != null) {
        columns.append(columns.length() == 0 ? "" : ", ");
        columns.append(crr.qualifier()).append(column.quoted());
      }
    }
    columns.append(columns.length() == 0 ? "NULL" : "");
    String table = schema.of(Names.quote(crr.name));
    return "SELECT " + columns + " FROM " + table + " WHERE " + crr.keyIs(1);
  }

  @Override
  public boolean next(long now) {
    while (entries.step()) {
      if (isCurrent() && (now == began || !overwritten())) {
        return true;
      }
    }
    return false;
  }

  private boolean isCurrent() {
    at = entries.getLong(AT);
    cols = entries.getLong(COLS);
    group = (int) entries.getLong(GROUP);
    Key key = Key.of(entries, KEY, crr.keyColumns());
    boolean deletion = cols == 0;
    if (tail.fates().find(at)) {
      // What the log says now counts too: a merge may have superseded more since the scan began.
      cols = tail.fates().cols() == Fates.GONE ? 0 : tail.fates().cols() & cols;
      deletion &= tail.fates().cols() != Fates.GONE;
      life = tail.fates().life();
    } else if (tail.contains(at, entries.type(SITE) == ValueType.NULL)) {
      life = 1;
    } else {
      life = log.row(key).life();
    }
    cols &= crr.liveMask(group);
    if (cols == 0) {
      return deletion;
    }
    values.reset();
    key.bind(values, 1);
    held = !values.step();
    return !held || log.held().has(key, life);
  }

  /** Takes away what this connection has written since the scan began; whether nothing is left. */
  private boolean overwritten() {
    try {
      Key.of(entries, KEY, crr.keyColumns()).bind(newer, 2);
      while (newer.step()) {
        if (cols == 0 || newer.getLong(0) == 0) {
          return true;
        }
        cols &= newer.getLong(1) == group ? ~newer.getLong(0) : -1;
        if (cols == 0) {
          return true;
        }
      }
      return false;
    } finally {
      newer.reset();
    }
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public long cols() {
    return cols;
  }

  @Override
  public void column(Result result, int i, int bit) {
    Column column = cols == 0 ? null : crr.column(group * Crr.GROUP + bit);
    boolean local = entries.type(SITE) == ValueType.NULL;
    switch (i) {
      case ChangesTable.TABLE:
        result.setText(crr.name);
        break;
      case ChangesTable.PK:
        literals.key(entries, KEY, crr.keyColumns(), result);
        break;
      case ChangesTable.CID:
        if (column == null) {
          result.setLong(cols == 0 ? Cid.DELETION : Cid.EXISTENCE);
        } else {
          Cid.give(column, life, result);
        }
        break;
      case ChangesTable.VAL:
        if (column == null) {
          result.setLong(life);
        } else {
          value(column.slot, result);
        }
        break;
      case ChangesTable.VERSION:
        result.setLong((local ? at : entries.getLong(VERSION)) + bit);
        break;
      case ChangesTable.SITE_ID:
        if (!local && entries.getLong(SITE) != Sites.OWN) {
          result.setBlob(sites.bytes(entries.getLong(SITE)));
        }
        break;
      case ChangesTable.COL:
        if (column != null) {
          result.setText(column.name);
        }
        break;
      case ChangesTable.CL:
        result.setLong(life);
        break;
      default:
        result.setLong(at);
    }
  }

  /** Gives the value of a cell, which stands in the user's table or is held aside. */
  private void value(int slot, Result result) {
    if (!held) {
      literals.value(values, crr.ordinal(slot), result);
      return;
    }
    Stmt cell = log.held().cell(Key.of(entries, KEY, crr.keyColumns()), slot);
    try {
      literals.value(cell, 0, result);
    } finally {
      cell.reset();
    }
  }

  @Override
  public void close() {
    entries.close();
    newer.close();
    values.close();
  }
}
