package io.crsql.engine.changes;

import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/**
 * What the unfolded tail of a log means, found without writing: which entries are superseded,
 * wholly or in part, and in which life of their row the others are.
 *
 * <p>Only exceptions are kept: an entry of the tail that is not mentioned is current as it stands
 * and of its row's first life; one before the tail is current as it stands and of the life that the
 * row index says. An entry past the scan's start is superseded only by later ones, so the rest of
 * the tail is not read, but for its deletions.
 */
final class Tail {
  private final Fates fates = new Fates();
  private final Log log;
  private final long after;
  private final long folded;

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

  /** Reads what matters to the entries with {@code after < at <= until}. */
  Tail(Schema schema, Log log, long after, long until) {
    this.log = log;
    this.after = after;
    this.folded = log.folded();
    Crr crr = log.crr;
    this.written = new long[crr.groups()];
    String keys = crr.logKey();
    String local = " FROM " + log.name() + " WHERE site IS NULL AND ";
    try (Stmt entries =
            schema.prepare(
                "SELECT at, cols, part >> 1, dense_rank() OVER (ORDER BY "
                    + keys
                    + ") AS row, "
                    + keys
                    + local
                    + "at > ?1 AND at <= ?2 ORDER BY row, at DESC");
        Stmt deletions =
            schema.prepare(
                "SELECT count(*)"
                    + local
                    + "cols = 0 AND +at > ?1 AND +at <= ?2 AND "
                    + crr.logKeyIs(3))) {
      entries.bindLong(1, Math.max(after, folded));
      entries.bindLong(2, until);
      deletions.bindLong(1, folded);
      deletions.bindLong(2, until);
      Key key = Key.of(entries, 4, crr.keyColumns());
      while (entries.step()) {
        if (entries.getLong(3) != row) {
          endRow();
          row = entries.getLong(3);
          beginRow(log.row(key), count(deletions, key), entries.getLong(1) == 0);
        }
        add(entries.getLong(0), entries.getLong(1), (int) entries.getLong(2));
      }
      endRow();
    }
  }

  private static long count(Stmt deletions, Key key) {
    try {
      key.bind(deletions, 3);
      deletions.step();
      return deletions.getLong(0);
    } finally {
      deletions.reset();
    }
  }

  private void beginRow(Row base, long deletions, boolean dead) {
    long step = base.alive() ? (dead ? -1 : 0) : (dead ? 0 : 1);
    life = base.life() + 2 * deletions + step;
    newLife = life != base.life();
    indexed = base.events();
    closed = false;
    Arrays.fill(written, 0);
  }

  /** Adds an entry of the row, the newest first. */
  private void add(long at, long cols, int group) {
    if (closed) {
      fates.put(at, Fates.GONE, 0);
    } else if (cols == 0) {
      boolean isEnd = written[0] == 0 && (life & 1) == 0;
      fates.put(at, isEnd ? 0 : Fates.GONE, life);
      closed = true;
    } else {
      supersede(at, cols, group, life != 1);
      written[group] |= cols;
    }
  }

  private void endRow() {
    if (row < 0) {
      return;
    }
    for (long at : indexed) {
      if (at <= after) {
        continue;
      }
      Entry entry = log.entry(at);
      if (newLife) {
        fates.put(at, Fates.GONE, 0);
      } else if (entry != null) {
        supersede(at, entry.cols(), entry.group(), false);
      }
    }
  }

  private void supersede(long at, long cols, int group, boolean mention) {
    long left = cols & ~written[group];
    if (left == 0) {
      fates.put(at, Fates.GONE, 0);
    } else if (left != cols || mention) {
      fates.put(at, left, life);
    }
  }

  /** Whether an entry belongs to the tail. */
  boolean contains(long at, boolean local) {
    return local && at > folded;
  }

  /** The exceptions. */
  Fates fates() {
    return fates;
  }
}
