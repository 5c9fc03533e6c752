package io.crsql.engine.transaction;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import java.util.List;

/**
 * Keeps rows known to peers whose cells all went with a column that was dropped: the first column
 * that is left gets a cell with what it holds there, its default.
 *
 * <p>That is no write of anybody's. Its stamp is the least that there can be in the row's life, of
 * a site of zeros: every write wins against it, and every peer that drops the column makes the
 * same.
 */
public final class Handover {
  private static final byte[] NOBODY = new byte[16];
  private static final long[] NOTHING_BEATEN = {};

  private final Schema schema;
  private final Crr crr;
  private final Transaction transaction;
  private final Sites sites;

  /** Works on a CRR that can be written. */
  public Handover(Schema schema, Crr crr, Transaction transaction, Sites sites) {
    this.schema = schema;
    this.crr = crr;
    this.transaction = transaction;
    this.sites = sites;
  }

  /** Looks for such rows in the log, and makes their cells. */
  public void run() {
    int slot = crr.firstSlot();
    Log log = transaction.folded(crr);
    long last = log.last();
    for (int group = 0; group < crr.groups(); group++) {
      try (Stmt entries =
          schema.prepare(
              "SELECT "
                  + crr.logKey()
                  + " FROM "
                  + log.name()
                  + " WHERE at <= ?1 AND part >> 1 = ?2 AND cols <> 0 AND cols & ?3 = 0")) {
        entries.bindLong(1, last);
        entries.bindLong(2, group);
        entries.bindLong(3, crr.liveMask(group));
        Key key = Key.of(entries, 0, crr.keyColumns());
        while (entries.step()) {
          handOver(log, key, slot);
        }
      }
    }
  }

  private void handOver(Log log, Key key, int slot) {
    Row row = log.row(key);
    List<Entry> entries = log.entries(row);
    long[] events = new long[entries.size() + 1];
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if ((entry.cols() & crr.liveMask(entry.group())) != 0) {
        return;
      }
      events[i] = entry.at();
    }
    if (log.held().has(key, row.life())) {
      // Its values are not in the table, and so neither is this one.
      return;
    }
    int group = slot / Crr.GROUP;
    int bit = slot % Crr.GROUP;
    long at = transaction.mergeTick(crr);
    long site = sites.number(NOBODY);
    log.appendMerged(at, key, 1L << bit, group, site, row.life() - bit, NOTHING_BEATEN);
    events[entries.size()] = at;
    log.putRow(key, row.life(), events);
  }
}
