package io.crsql.engine.changes;

import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/**
 * What the tail of a log means if its keys cannot be hashed, because of a collation of the
 * program's own: SQLite sorts it, so that the entries of a row come together, the newest first.
 */
final class SortedTail {
  private final Log log;
  private final long after;
  private final Fates fates;
  private final Fates lives;

  /** The row whose entries are being read. */
  private long row = -1;

  private long life;
  private long[] indexed;

  /** Whether nothing older than the entries read so far counts. */
  private boolean closed;

  /** Whether nothing that the index has of the row counts. */
  private boolean newLife;

  /** The columns, by group, that later entries of the row have written. */
  private final long[] written;

  /**
   * Works for the entries past {@code after}.
   *
   * @param fates is told what is left of entries, those that the index has included
   * @param lives is told the lives that entries of the tail are of
   */
  SortedTail(Log log, long after, Fates fates, Fates lives) {
    this.log = log;
    this.after = after;
    this.fates = fates;
    this.lives = lives;
    this.written = new long[log.crr.groups()];
  }

  /** Reads the tail up to {@code until}. */
  void read(long folded, long until) {
    String keys = log.crr.logKey();
    String tail =
        "SELECT at, cols, part >> 1, dense_rank() OVER (ORDER BY "
            + keys
            + ") AS row, count(CASE cols WHEN 0 THEN 1 END) OVER (PARTITION BY "
            + keys
            + "), "
            + keys
            + " FROM "
            + log.name()
            + " WHERE site IS NULL AND at > ?1 AND at <= ?2 ORDER BY row, at DESC";
    Stmt entries = log.borrow(tail);
    try {
      entries.bindLong(1, folded);
      entries.bindLong(2, until);
      Key key = Key.of(entries, 5, log.crr.keyColumns());
      while (entries.step()) {
        if (entries.getLong(3) != row) {
          endRow();
          row = entries.getLong(3);
          beginRow(log.row(key), entries.getLong(4), entries.getLong(1) == 0);
        }
        add(entries.getLong(0), entries.getLong(1), (int) entries.getLong(2));
      }
      endRow();
    } finally {
      log.giveBack(tail, entries);
    }
  }

  private void beginRow(Row base, long deletions, boolean dead) {
    life = Tail.life(base.life(), deletions, dead);
    newLife = life != base.life();
    indexed = base.events();
    closed = false;
    Arrays.fill(written, 0);
  }

  private void add(long at, long cols, int group) {
    lives.put(at, life);
    if (closed) {
      fates.put(at, Fates.GONE);
    } else if (cols == 0) {
      closed = true;
      if ((life & 1) != 0) {
        fates.put(at, Fates.GONE);
      }
    } else {
      supersede(at, cols, group);
      written[group] |= cols;
    }
  }

  private void endRow() {
    if (row < 0) {
      return;
    }
    for (long at : indexed) {
      Entry entry = at <= after ? null : log.entry(at);
      if (entry != null && newLife) {
        fates.put(at, Fates.GONE);
      } else if (entry != null) {
        supersede(at, entry.cols(), entry.group());
      }
    }
  }

  private void supersede(long at, long cols, int group) {
    long left = cols & ~written[group];
    if (left != cols) {
      fates.put(at, left == 0 ? Fates.GONE : left);
    }
  }
}
