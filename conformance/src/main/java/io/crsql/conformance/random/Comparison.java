package io.crsql.conformance.random;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what there is with what there must be, in any order. */
final class Comparison {
  private static final int SHOWN = 6;

  private Comparison() {}

  static <T> void same(String kind, String where, List<T> actual, List<T> expected) {
    Map<T, Integer> counts = new HashMap<>();
    actual.forEach(item -> counts.merge(item, 1, Integer::sum));
    expected.forEach(item -> counts.merge(item, -1, Integer::sum));
    counts.values().removeIf(count -> count == 0);
    if (counts.isEmpty()) {
      return;
    }
    StringBuilder out = new StringBuilder(where);
    counts.entrySet().stream()
        .limit(SHOWN)
        .forEach(
            entry ->
                out.append("\n  ")
                    .append(entry.getValue() > 0 ? "has     " : "must have ")
                    .append(entry.getKey()));
    throw new Discrepancy(kind, out.toString());
  }
}
