package io.crsql.engine.log;

import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/**
 * Indexes the tail of a log, the local entries past the table's watermark, in key order and in
 * bulk: each one supersedes what it overwrites.
 *
 * <p>Merged entries are not its concern, since a merge folds first and then indexes its own.
 */
final class Fold {
  /** How far merged entries alone may run ahead of the mark: each fold looks at them again. */
  private static final long MERGED_ENTRIES = 256;

  private final Log log;
  private final Stmt tail;
  private final Stmt mark;

  /** Prepares the statements, which are finalised with the log. */
  Fold(Schema schema, Log log) {
    this.log = log;
    this.tail =
        log.prepare(
            "SELECT at, cols, part >> 1, "
                + log.crr.logKey()
                + " FROM "
                + log.name()
                + " WHERE at > ?1 AND site IS NULL ORDER BY "
                + log.crr.logKey()
                + ", at");
    this.mark =
        log.prepare(
            "UPDATE " + schema.of("crsql_tables") + " SET folded = ?1 WHERE id = " + log.crr.id);
  }

  /** Folds the tail. */
  void run() {
    long folded = log.folded();
    boolean any = false;
    boolean held = log.holds();
    try {
      tail.bindLong(1, folded);
      Key key = Key.of(tail, 3, log.crr.keyColumns());
      while (tail.step()) {
        any = true;
        if (held) {
          log.held().remove(key);
        }
        add(key, tail.getLong(0), tail.getLong(1), (int) tail.getLong(2));
      }
    } finally {
      tail.reset();
    }
    // The mark is the at of an entry that is there, never the clock: the clock in memory may be
    // ahead of what the file holds, and the next connection would then write behind the mark.
    long last = log.last();
    if (any || last - folded > MERGED_ENTRIES) {
      setMark(last);
    }
  }

  private void setMark(long at) {
    try {
      mark.bindLong(1, at);
      mark.step();
    } finally {
      mark.reset();
    }
  }

  private void add(Key key, long at, long cols, int group) {
    if (group == 0 && cols == log.crr.fullMask(0) && log.addRow(key, at)) {
      return;
    }
    Row row = log.row(key);
    if (cols == 0) {
      // Of a row that is not alive to the log, something got past the capture: it lived and is
      // gone.
      begin(key, row, at, row.alive() ? 1 : 2);
    } else if (row.alive()) {
      overwrite(key, row, at, cols, group);
    } else {
      begin(key, row, at, 1);
    }
  }

  /** The entry begins the row's next life, or ends one: nothing older counts. */
  private void begin(Key key, Row row, long at, int lives) {
    for (long older : row.events()) {
      log.delete(older);
    }
    log.putRow(key, row.life() + lives, new long[] {at});
  }

  private void overwrite(Key key, Row row, long at, long cols, int group) {
    long[] events = new long[row.events().length + 1];
    int kept = 0;
    for (Entry older : log.entries(row)) {
      long left = older.group() == group ? older.cols() & ~cols : older.cols();
      if (left != older.cols()) {
        log.setCols(older.at(), left);
      }
      if (left != 0) {
        events[kept++] = older.at();
      }
    }
    events[kept++] = at;
    log.putRow(key, row.life(), Arrays.copyOf(events, kept));
  }
}
