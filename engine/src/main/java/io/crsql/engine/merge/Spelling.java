package io.crsql.engine.merge;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Bytes;
import java.util.List;

/** Decides which change of a row's life has the say in how its key is spelled. */
final class Spelling {
  private Spelling() {}

  /**
   * Whether it is a change with known cells, none of the row's cells having a greater stamp. Copies
   * that write as one site may give a stamp to two columns: the later column counts as greater
   * then, so that all peers agree.
   */
  static boolean isNewest(Change change, List<Entry> entries, Sites sites) {
    Crr crr = change.crr();
    for (Entry entry : entries) {
      // Slots of columns that are gone do not count: another peer may never have had them.
      long cols = entry.cols() & crr.liveMask(entry.group());
      if (cols != 0) {
        int bit = 63 - Long.numberOfLeadingZeros(cols);
        long version = entry.version() + bit;
        int order = Long.compare(change.lastVersion(), version);
        order = order == 0 ? Bytes.compare(change.site(), sites.bytes(entry.site())) : order;
        int slot = change.slot(change.lastBit());
        if (order < 0 || (order == 0 && slot < entry.group() * Crr.GROUP + bit)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether no cell of a row is known here. Its greatest spelling counts then. */
  static boolean isOpen(Crr crr, List<Entry> entries) {
    for (Entry entry : entries) {
      if ((entry.cols() & crr.liveMask(entry.group())) != 0) {
        return false;
      }
    }
    return true;
  }
}
