package io.crsql.engine.merge;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Log;
import io.crsql.engine.value.Bytes;
import java.util.Arrays;

/**
 * Notes, with the entry that holds a cell, the greatest write of another site that a merge has seen
 * lose against it. A note goes with its entry, and so needs no removal.
 */
final class Beaten {
  private static final long[] NOTHING = {};

  private Beaten() {}

  /** What a change that replaces the rival's cell has beaten. */
  static long[] by(Change change, long site, Entry rival) {
    if (rival == null || change.isDeletion() || rival.site() == site) {
      return NOTHING;
    }
    return new long[] {change.bit(), rival.version() + change.bit(), rival.site()};
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

  /** Notes a change that has lost against the entry's cell. */
  static void note(Log log, Sites sites, Entry entry, Change change) {
    if (change.isDeletion() || Arrays.equals(change.site(), sites.bytes(entry.site()))) {
      return;
    }
    long[] notes = log.beaten(entry.at());
    int i = 0;
    while (i < notes.length && notes[i] != change.bit()) {
      i += 3;
    }
    if (i == notes.length) {
      long site = sites.number(change.site());
      add(log, entry.at(), new long[] {change.bit(), change.version(), site});
    } else if (isGreater(sites, change, notes[i + 1], notes[i + 2])) {
      notes[i + 1] = change.version();
      notes[i + 2] = sites.number(change.site());
      log.setBeaten(entry.at(), notes);
    }
  }

  private static boolean isGreater(Sites sites, Change change, long version, long site) {
    return change.version() != version
        ? change.version() > version
        : Bytes.compare(change.site(), sites.bytes(site)) > 0;
  }
}
