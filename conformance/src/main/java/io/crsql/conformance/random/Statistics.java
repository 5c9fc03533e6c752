package io.crsql.conformance.random;

import java.util.Map;
import java.util.TreeMap;

/** How often what was exercised. */
final class Statistics {
  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    add(what, 1);
  }

  void add(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  void addAll(Statistics others) {
    others.counts.forEach(this::add);
  }

  /** One line. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    counts.forEach(
        (what, times) ->
            out.append(out.length() == 0 ? "" : ", ").append(times).append(' ').append(what));
    return out.toString();
  }
}
