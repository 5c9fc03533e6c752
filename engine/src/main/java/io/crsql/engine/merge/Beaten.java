package io.crsql.engine.merge;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Log;
import io.crsql.engine.value.Bytes;
import java.util.Arrays;
import java.util.List;

/**
 * Notes, with the entry that holds a cell, the greatest write of another site that a merge has seen
 * lose against it. A note goes with its entry, and so needs no removal.
 */
final class Beaten {
  private static final long[] NOTHING = {};

  private Beaten() {}

  /** What a change that takes the place of these entries' cells has beaten. */
  static long[] by(Change change, long site, List<Entry> rivals) {
    long[] beaten = NOTHING;
    for (Entry rival : rivals) {
      long cells = rival.site() == site ? 0 : rival.cols() & change.colsIn(rival.group());
      int n = beaten.length;
      beaten = cells == 0 ? beaten : Arrays.copyOf(beaten, n + 3 * Long.bitCount(cells));
      for (; cells != 0; cells &= cells - 1) {
        int bit = Long.numberOfTrailingZeros(cells);
        beaten[n++] = bit;
        beaten[n++] = rival.version() + bit;
        beaten[n++] = rival.site();
      }
    }
    return beaten;
  }

  /** Adds notes about cells that an entry has had none of. */
  static void add(Log log, long at, long[] more) {
    if (more.length > 0) {
      long[] notes = log.beaten(at);
      long[] all = Arrays.copyOf(notes, notes.length + more.length);
      System.arraycopy(more, 0, all, notes.length, more.length);
      log.setBeaten(at, all);
    }
  }

  /** Notes cells of a change of another site that have lost against the entry's. */
  static void note(Log log, Sites sites, Entry entry, Change change, long cells) {
    long[] notes = log.beaten(entry.at());
    boolean changed = false;
    for (long rest = cells; rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      int i = 0;
      while (i < notes.length && notes[i] != bit) {
        i += 3;
      }
      if (i == notes.length) {
        notes = Arrays.copyOf(notes, i + 3);
      } else if (!isGreater(sites, change, bit, notes[i + 1], notes[i + 2])) {
        continue;
      }
      notes[i] = bit;
      notes[i + 1] = change.version() + bit;
      notes[i + 2] = sites.number(change.site());
      changed = true;
    }
    if (changed) {
      log.setBeaten(entry.at(), notes);
    }
  }

  private static boolean isGreater(Sites sites, Change change, int bit, long version, long site) {
    return change.version() + bit != version
        ? change.version() + bit > version
        : Bytes.compare(change.site(), sites.bytes(site)) > 0;
  }
}
