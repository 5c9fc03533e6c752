package io.crsql.conformance.random;

import java.util.Map;
import java.util.TreeMap;

/** How often what was exercised. */
public final class Statistics {
  private final Map<String, Long> counts = new TreeMap<>();

  /** Once more. */
  public void count(String what) {
    add(what, 1);
  }

  /** So many times more. */
  public void add(String what, long times) {
    counts.merge(what, times, Long::sum);
  }

  /** All that others have counted. */
  public void addAll(Statistics others) {
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
