package io.crsql.engine.merge;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Log;
import io.crsql.engine.value.Bytes;
import java.util.List;

/**
 * Decides which cells of a change win against those of the row in the same life, stamp by stamp. A
 * deletion counts as one cell in bit 0, and cells of unknown columns as none.
 */
final class Contest {
  private final Change change;
  private final List<Entry> entries;
  private final Sites sites;
  private long lost;
  private long again;

  private Contest(Change change, List<Entry> entries, Sites sites) {
    this.change = change;
    this.entries = entries;
    this.sites = sites;
  }

  /** Decides it; nothing is written but what two values of one stamp tell of a site. */
  static Contest of(Change change, List<Entry> entries, Sites sites, Contents contents) {
    Contest contest = new Contest(change, entries, sites);
    for (Entry entry : entries) {
      contest.meet(entry, contents);
    }
    return contest;
  }

  private void meet(Entry entry, Contents contents) {
    long rivals = rivals(entry);
    int order = rivals == 0 ? 1 : compare(entry);
    if (order < 0) {
      lost |= rivals;
    } else if (order == 0) {
      Contents.Order cells = contents.compare(change, rivals, entry.at());
      if ((cells.greater() | cells.less()) != 0) {
        sites.doubt(entry.site(), Sites.TWO_WRITERS);
      }
      lost |= rivals & ~cells.greater();
      again |= cells.greater();
    }
  }

  private long rivals(Entry entry) {
    if (change.isDeletion()) {
      return entry.cols() == 0 ? 1 : 0;
    }
    return entry.cols() & change.colsIn(entry.group());
  }

  /** Compares the stamps of any cell that is in both. */
  private int compare(Entry entry) {
    return change.version() != entry.version()
        ? Long.compare(change.version(), entry.version())
        : Bytes.compare(change.site(), sites.bytes(entry.site()));
  }

  /** Whether there is a cell, and none wins. */
  boolean isLost() {
    return lost != 0 && won() == 0;
  }

  /** The cells that win. */
  long won() {
    return change.cols() & ~lost;
  }

  /** The cells, or deletion in bit 0, that win with the stamp of those that they replace. */
  long again() {
    return again;
  }

  /** Notes with the winners' entries what has lost against them. */
  void noteLosses(Log log) {
    for (Entry entry : entries) {
      long losers = change.isDeletion() ? 0 : rivals(entry) & lost;
      if (losers != 0 && compare(entry) < 0 && !isOwn(entry)) {
        Beaten.note(log, sites, entry, change, losers);
      }
    }
  }

  private boolean isOwn(Entry entry) {
    return Bytes.compare(change.site(), sites.bytes(entry.site())) == 0;
  }
}
