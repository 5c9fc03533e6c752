package io.crsql.engine.changes;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;

/**
 * What the unfolded tail of a log means, found without writing and without sorting: the tail past
 * the scan's start is read once, the newest entry first, and of each row is kept what it has
 * written. Which entries of the tail are superseded is then known; those that the row index has are
 * looked up as the scan comes to them.
 *
 * <p>An entry past the scan's start is superseded only by later ones, so the rest of the tail is
 * not read, but for its deletions.
 */
final class Tail {
  /** Of a row: the hash of its key. */
  private static final int HASH = 0;

  /** Its newest entry; 0 where there is no row. */
  private static final int NEWEST = 1;

  /** How many deletions there are of it, times two, and one if the last entry is one. */
  private static final int DELETIONS = 2;

  /** By group the columns written since its last deletion. */
  private static final int WRITTEN = 3;

  private final String entriesQuery;

  /** The deletions that are not among them. */
  private final String deletionsQuery;

  private final String sameQuery;
  private final Log log;
  private final Crr crr;
  private final long after;
  private final long until;
  private final long folded;
  private final KeyHash hash;
  private final Fates fates = new Fates();

  /** By entry its row's life, if the tail had to be sorted; else null. */
  private final Fates lives;

  /** An open-addressing hash table: of each row {@link #width} numbers, which stand together. */
  private long[] table;

  private final int width;

  /** The hash of the row that was last looked for. */
  private long wanted;

  private int rows;
  private boolean deletes;
  private Stmt same;

  /** Reads what matters to the entries with {@code after < at <= until}. */
  Tail(Log log, long after, long until) {
    this.log = log;
    this.crr = log.crr;
    this.after = after;
    this.until = until;
    this.folded = log.folded();
    this.hash = new KeyHash(crr);
    this.width = WRITTEN + crr.groups();
    this.table = new long[16 * width];
    String local = " FROM " + log.name() + " WHERE site IS NULL AND ";
    entriesQuery =
        "SELECT at, cols, part >> 1, "
            + crr.logKey()
            + local
            + "at > ?1 AND at <= ?2 ORDER BY at DESC";
    deletionsQuery = "SELECT " + crr.logKey() + local + "cols = 0 AND at >= ?1 AND at <= ?2";
    sameQuery = "SELECT 1 FROM " + log.name() + " WHERE at = ?1 AND " + crr.logKeyIs(2);
    if (log.last() <= Math.max(after, folded)) {
      lives = null;
    } else if (hash.exists()) {
      lives = null;
      read();
      long firstDeletion = log.firstDeletion();
      if (firstDeletion != 0 && firstDeletion <= after) {
        readDeletions(firstDeletion);
      }
    } else {
      lives = new Fates();
      new SortedTail(log, after, fates, lives).read(folded, until);
    }
  }

  private void read() {
    Stmt entries = log.borrow(entriesQuery);
    try {
      entries.bindLong(1, Math.max(after, folded));
      entries.bindLong(2, until);
      while (entries.step()) {
        add(entries, entries.getLong(0), entries.getLong(1), (int) entries.getLong(2));
      }
    } finally {
      log.giveBack(entriesQuery, entries);
    }
  }

  /** Counts the deletions before the scan's start of the rows that have entries past it. */
  private void readDeletions(long from) {
    Stmt entries = log.borrow(deletionsQuery);
    try {
      entries.bindLong(1, from);
      entries.bindLong(2, after);
      while (entries.step()) {
        int row = place(entries, 0);
        if (table[row + NEWEST] != 0) {
          table[row + DELETIONS] += 2;
          deletes = true;
        }
      }
    } finally {
      log.giveBack(deletionsQuery, entries);
    }
  }

  /** Adds an entry; those of its row that are newer have been added. */
  private void add(Stmt entry, long at, long cols, int group) {
    int row = place(entry, 3);
    boolean first = table[row + NEWEST] == 0;
    if (first) {
      table[row + NEWEST] = at;
      table[row + HASH] = wanted;
      rows++;
    }
    boolean closed = table[row + DELETIONS] != 0;
    if (cols == 0) {
      table[row + DELETIONS] += first ? 3 : 2;
      deletes = true;
      if (!first) {
        fates.put(at, Fates.GONE);
      }
    } else if (closed) {
      fates.put(at, Fates.GONE);
    } else {
      int mask = row + WRITTEN + group;
      long left = cols & ~table[mask];
      table[mask] |= cols;
      if (left != cols) {
        fates.put(at, left == 0 ? Fates.GONE : left);
      }
    }
    if (rows * 5L * width > table.length * 4L) {
      grow();
    }
  }

  /** Where the row with the key at a column of {@code values} stands, or would. */
  private int place(Values values, int first) {
    wanted = hash.of(values, first);
    int slots = table.length / width;
    int slot = start(wanted, slots);
    int row = slot * width;
    while (table[row + NEWEST] != 0
        && !(table[row + HASH] == wanted && isSame(table[row + NEWEST], values, first))) {
      slot = slot + 1 & slots - 1;
      row = slot * width;
    }
    return row;
  }

  private static int start(long hash, int slots) {
    return (int) (hash * 0x9E3779B97F4A7C15L >>> 33) & slots - 1;
  }

  private boolean isSame(long at, Values values, int first) {
    if (crr.integerKey) {
      // Their hashes are equal.
      return true;
    }
    if (same == null) {
      same = log.borrow(sameQuery);
    }
    try {
      same.bindLong(1, at);
      Key.of(values, first, crr.keyColumns()).bind(same, 2);
      return same.step();
    } finally {
      same.reset();
    }
  }

  private void grow() {
    long[] bigger = new long[table.length * 2];
    int slots = bigger.length / width;
    for (int row = 0; row < table.length; row += width) {
      if (table[row + NEWEST] != 0) {
        int slot = start(table[row + HASH], slots);
        while (bigger[slot * width + NEWEST] != 0) {
          slot = slot + 1 & slots - 1;
        }
        System.arraycopy(table, row, bigger, slot * width, width);
      }
    }
    table = bigger;
  }

  /** Whether an entry belongs to the tail. */
  boolean contains(long at, boolean local) {
    return local && at > folded;
  }

  /** Up to where the log had been folded. */
  long folded() {
    return folded;
  }

  /** Whether anything of it matters to the scan. */
  boolean isEmpty() {
    return rows == 0 && lives == null;
  }

  /** Which columns of an entry of the tail are current, {@link Fates#GONE} if it is not at all. */
  long left(long at, long cols) {
    return fates.find(at) ? fates.cols() : cols;
  }

  /**
   * The life of a row that has entries in the tail.
   *
   * @param indexed its life by the row index
   */
  long life(long at, Values entry, int key, long indexed) {
    if (lives != null) {
      return lives.find(at) ? lives.cols() : indexed;
    }
    boolean dead = false;
    long more = 0;
    if (deletes) {
      int row = place(entry, key);
      dead = (table[row + DELETIONS] & 1) != 0;
      more = table[row + DELETIONS] >> 1;
    }
    return life(indexed, more, dead);
  }

  /**
   * The life of a row that the tail has written.
   *
   * @param indexed its life by the row index
   * @param deletions how many the tail has of it
   * @param dead whether the last of its entries is one
   */
  static long life(long indexed, long deletions, boolean dead) {
    boolean alive = (indexed & 1) != 0;
    return indexed + 2 * deletions + (alive ? (dead ? -1 : 0) : (dead ? 0 : 1));
  }

  /**
   * Which columns of an entry that the row index has are current, {@link Fates#GONE} if it is not
   * at all.
   */
  long leftOfIndexed(long at, Values entry, int key, long cols, int group, long indexed) {
    if (lives != null) {
      return left(at, cols);
    }
    int row = place(entry, key);
    if (table[row + NEWEST] == 0) {
      return cols;
    }
    long left = cols & ~table[row + WRITTEN + group];
    return left == 0 || life(at, entry, key, indexed) != indexed ? Fates.GONE : left;
  }

  /** Lets go of what it holds. */
  void close() {
    log.giveBack(sameQuery, same);
    same = null;
  }
}
