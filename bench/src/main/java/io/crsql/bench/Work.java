package io.crsql.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What all sides took for one work and kind of key. */
record Work(String name, String key, long rows, String unit, int repeat, Map<String, Side> sides) {
  static final String PLAIN = "plain";
  static final String CRSQL = "crsql";
  static final String SYNC = "sync";

  static Work of(Map<String, Object> json) {
    Map<String, Side> sides = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> side) {
            sides.put(name, Side.of(side));
          }
        });
    return new Work(
        (String) json.get("work"),
        (String) json.get("key"),
        ((Number) json.get("rows")).longValue(),
        (String) json.get("unit"),
        ((Number) json.get("repeat")).intValue(),
        sides);
  }

  /** The side if it took part and has a result. */
  Optional<Side> side(String name) {
    return Optional.ofNullable(sides.get(name)).filter(Side::hasResult);
  }

  /** Whether the side should have a result and has none. */
  boolean failed(String name) {
    return sides.containsKey(name) && sides.get(name).failed();
  }

  /** A file's size is measured, not a time. */
  boolean isSize() {
    return unit.equals("file");
  }

  /** The side's CPU time or size against that of plain SQLite, if both have a result. */
  Optional<Double> ratio(String name) {
    return both(
        name,
        (side, plain) ->
            isSize() ? (double) side.bytes() / plain.bytes() : side.each() / plain.each());
  }

  /** The same of the time that passed. */
  Optional<Double> wallRatio(String name) {
    return both(
        name,
        (side, plain) ->
            isSize() ? 0 : side.wall() / side.units() / (plain.wall() / plain.units()));
  }

  /** How many MB more than plain SQLite the side took at its peak. */
  Optional<Double> memory(String name) {
    return isSize()
        ? Optional.empty()
        : both(name, (side, plain) -> (side.peakKb() - plain.peakKb()) / 1024.0);
  }

  private interface Comparison {
    double of(Side side, Side plain);
  }

  private Optional<Double> both(String name, Comparison comparison) {
    return side(name).flatMap(s -> side(PLAIN).map(plain -> comparison.of(s, plain)));
  }
}
