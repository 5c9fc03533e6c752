package io.crsql.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All steps of one side and kind of key in a work of --scale, at least one. */
record Series(String name, String key, String side, List<Step> steps) {
  /** In the order of their first steps. */
  static List<Series> of(List<Step> steps) {
    List<Series> all = new ArrayList<>();
    for (Step step : steps) {
      Series series = new Series(step.name(), step.key(), step.side(), new ArrayList<>());
      Optional<Series> known = all.stream().filter(series::isBeside).findFirst();
      if (known.isEmpty()) {
        all.add(series);
      }
      known.orElse(series).steps.add(step);
    }
    return all;
  }

  private boolean isBeside(Series other) {
    return isSameWork(other) && side.equals(other.side);
  }

  private boolean isSameWork(Series other) {
    return name.equals(other.name) && key.equals(other.key);
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }

  boolean hasResult() {
    return last().why().isEmpty();
  }

  /** CPU seconds for each, over all steps. */
  double each() {
    return steps.stream().mapToDouble(Step::cpu).sum()
        / steps.stream().mapToLong(Step::units).sum();
  }

  long peakKb() {
    return steps.stream().mapToLong(Step::peakKb).max().orElseThrow();
  }

  /** Against plain SQLite, if this is another side and plain SQLite is in {@code all}. */
  Optional<Double> ratio(List<Series> all) {
    if (side.equals(Work.PLAIN) || !hasResult()) {
      return Optional.empty();
    }
    return all.stream()
        .filter(other -> isSameWork(other) && other.side.equals(Work.PLAIN) && other.hasResult())
        .map(plain -> each() / plain.each())
        .findFirst();
  }
}
