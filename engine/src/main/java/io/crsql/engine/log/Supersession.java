package io.crsql.engine.log;

import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;
import java.util.Arrays;

/**
 * What a fold supersedes: it is given the tail's entries of rows that the index has, row by row and
 * of each row the oldest first.
 */
final class Supersession {
  /** The columns of an entry that has not been looked up: some, of the only group that counts. */
  private static final long SOME = -1;

  private final Log log;
  private final Crr crr;
  private final Clearing clearing;
  private final TailEntry entry;
  private int partial;

  /** The entries of the row that was given last, as they are now. */
  private long[] ats = new long[8];

  private long[] cols = new long[8];
  private int[] groups = new int[8];
  private int count;

  Supersession(Log log, TailEntry entry, Clearing clearing) {
    this.log = log;
    this.crr = log.crr;
    this.entry = entry;
    this.clearing = clearing;
  }

  /** Begins a fold. */
  void begin() {
    partial = 0;
    count = 0;
  }

  /** How many entries have been given that do not write the whole row. */
  int partial() {
    return partial;
  }

  /**
   * Adds an entry to a row.
   *
   * @param args the row's causal length and events; 2 if the entry is a deletion and otherwise 1;
   *     the entry
   * @param result the row's events now
   */
  void add(Values args, Result result) {
    boolean alive = (args.getLong(0) & 1) != 0;
    boolean deletion = args.getLong(2) == 2;
    boolean part = TailEntry.isPart(args, 3);
    partial += part ? 1 : 0;
    recall(args, part || (crr.groups() > 1 && !deletion));
    entry.read(args, 3);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      long left = alive && !deletion ? left(i) : 0;
      if (left == 0) {
        clearing.remove(ats[i]);
      } else {
        keep(kept++, ats[i], left, groups[i]);
      }
    }
    keep(kept++, entry.at, deletion ? 0 : entry.cols, entry.group);
    count = kept;
    if (count == 1) {
      result.setLong(entry.at);
    } else {
      result.setBlob(Events.encode(ats, count));
    }
  }

  /** What the entry leaves of an older one. */
  private long left(int i) {
    if (groups[i] != entry.group) {
      return cols[i];
    }
    if (cols[i] == SOME) {
      if (entry.cols == crr.fullMask(0)) {
        return 0;
      }
      clearing.clear(ats[i], entry.cols);
      return SOME;
    }
    long left = cols[i] & ~entry.cols;
    if (left != 0 && left != cols[i]) {
      clearing.clear(ats[i], entry.cols);
    }
    return left;
  }

  private void keep(int i, long at, long its, int group) {
    if (i == ats.length) {
      ats = Arrays.copyOf(ats, 2 * i);
      cols = Arrays.copyOf(cols, 2 * i);
      groups = Arrays.copyOf(groups, 2 * i);
    }
    ats[i] = at;
    cols[i] = its;
    groups[i] = group;
  }

  /**
   * Finds out what the row's entries are, unless it is the row that was given last.
   *
   * @param some whether some of them may stay, so that it matters which columns they have
   */
  private void recall(Values args, boolean some) {
    if (TailEntry.isPart(args, 1)) {
      entry.read(args, 1);
      keep(0, entry.at, entry.cols, entry.group);
      count = 1;
      return;
    }
    long[] events = Events.read(args, 1);
    if (isLast(events)) {
      return;
    }
    count = 0;
    boolean lookedUp = some && (events.length > 1 || crr.groups() > 1);
    for (long at : events) {
      Entry found = lookedUp ? log.entry(at) : null;
      if (!lookedUp) {
        keep(count++, at, SOME, 0);
      } else if (found != null) {
        keep(count++, at, found.cols(), found.group());
      }
    }
  }

  private boolean isLast(long[] events) {
    if (events.length != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (events[i] != ats[i]) {
        return false;
      }
    }
    return true;
  }
}
