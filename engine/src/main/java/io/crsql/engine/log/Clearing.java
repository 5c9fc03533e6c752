package io.crsql.engine.log;

import io.crsql.engine.value.Value;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/**
 * Clears columns of log entries in bulk, in the order of the log: a fold comes to them in the order
 * of the rows' keys, and a log that does not fit into SQLite's cache would be read and written a
 * page for each.
 */
final class Clearing {
  private static final long ALL = -1;

  /** A power of two, for {@link #order}. Few folds have as many, and each log has a fold. */
  private static final int MOST = 1 << 15;

  private final Db db;
  private final Log log;
  private final Stmt clear;
  private long[] ats = new long[8];
  private long[] cols = new long[8];
  private int count;

  /** Entries of which no column is left, although the index has them. */
  private long[] empty = new long[8];

  private int empties;

  /** Prepares the statement, which is finalised with the log. */
  Clearing(Db db, Log log) {
    this.db = db;
    this.log = log;
    this.clear =
        log.prepare(
            "UPDATE " + log.name() + " SET cols = cols & ~?2 WHERE at = ?1 AND cols & ~?2 <> 0");
  }

  /** The entry goes, and nothing refers to it. */
  void remove(long at) {
    clear(at, ALL);
  }

  /** The entry is no longer the current write of these columns. */
  void clear(long at, long columns) {
    if (count == MOST) {
      flush();
    }
    if (count == ats.length) {
      ats = Arrays.copyOf(ats, 2 * count);
      cols = Arrays.copyOf(cols, 2 * count);
    }
    ats[count] = at;
    cols[count] = columns;
    count++;
  }

  /** Writes what has not been written. */
  void finish() {
    flush();
    for (int i = 0; i < empties; i++) {
      detach(empty[i]);
    }
    empties = 0;
  }

  /** Forgets what has not been written, of a fold that failed. */
  void forget() {
    count = 0;
    empties = 0;
  }

  private void flush() {
    long[] order = order();
    for (int i = 0; i < count; i++) {
      write((int) (order[i] & (MOST - 1)));
    }
    count = 0;
  }

  /** Sorts by {@code at}. It is only for speed, so entries too far apart stay as they are. */
  private long[] order() {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, ats[i]);
      most = Math.max(most, ats[i]);
    }
    long[] order = new long[count];
    boolean sortable = count > 0 && most - least < Long.MAX_VALUE / MOST;
    for (int i = 0; i < count; i++) {
      order[i] = sortable ? (ats[i] - least) * MOST + i : i;
    }
    if (sortable) {
      Arrays.sort(order);
    }
    return order;
  }

  private void write(int i) {
    if (cols[i] == ALL) {
      log.delete(ats[i]);
      return;
    }
    try {
      clear.bindLong(1, ats[i]);
      clear.bindLong(2, cols[i]);
      clear.step();
    } finally {
      clear.reset();
    }
    if (db.changes() == 0) {
      if (empties == empty.length) {
        empty = Arrays.copyOf(empty, 2 * empties);
      }
      empty[empties++] = ats[i];
    }
  }

  /** Deletes an entry that has no columns left, and takes it out of the index. */
  private void detach(long at) {
    if (log.entry(at) == null) {
      return;
    }
    Value[] values = log.spelling(at);
    Key key = Key.of(values);
    Row row = log.row(key);
    long[] events = new long[row.events().length];
    int kept = 0;
    for (long one : row.events()) {
      if (one != at) {
        events[kept++] = one;
      }
    }
    log.putRow(key, row.life(), Arrays.copyOf(events, kept));
    log.delete(at);
  }
}
