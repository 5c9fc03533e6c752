package io.crsql.sync.drop;

import io.crsql.sync.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one would hold who had nothing and then applied every file of the folder that can be: the
 * folder as a peer. It is remembered with the files that it comes from.
 */
final class Holdings {
  private static final byte[] NOTHING = new byte[0];

  private final Store store;
  private final Map<SegmentName, Boolean> lastByName = new HashMap<>();
  private byte[] vector = NOTHING;

  Holdings(Store store) {
    this.store = store;
  }

  byte[] vector() {
    return vector;
  }

  boolean has(SegmentName name) {
    return lastByName.containsKey(name);
  }

  /** Begins anew if a file is no more there that something came from. */
  void retain(Set<SegmentName> present) {
    if (!present.containsAll(lastByName.keySet())) {
      forget();
    }
  }

  void forget() {
    lastByName.clear();
    vector = NOTHING;
  }

  /** Takes a file in; false if it builds on what is not there. */
  boolean add(SegmentName name, byte[] changeset) {
    byte[] after = store.after(vector, changeset);
    if (after == null) {
      return false;
    }
    vector = after;
    lastByName.put(name, Segment.isLast(changeset));
    return true;
  }

  /** The sites whose streams stop before their end, for their writers were stopped. */
  Set<String> cut() {
    Map<String, SegmentName> newest = new HashMap<>();
    for (SegmentName name : lastByName.keySet()) {
      newest.merge(name.site(), name, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
    return newest.values().stream()
        .filter(name -> !lastByName.get(name))
        .map(SegmentName::site)
        .collect(Collectors.toSet());
  }
}
