package io.crsql.bench;

import java.util.Map;

/**
 * A step of a work of --scale.
 *
 * @param at how many rows, updates or sites there are by then
 * @param units how many the step itself did, in {@code cpu} seconds
 * @param why why there is no result; empty if there is one
 */
record Step(
    String name,
    String key,
    String side,
    long at,
    long units,
    double cpu,
    long bytes,
    long peakKb,
    String why,
    boolean failed) {
  static Step of(Map<String, Object> json) {
    Side side = Side.of(json);
    return new Step(
        (String) json.get("scale"),
        (String) json.get("key"),
        (String) json.get("side"),
        json.get("at") instanceof Number at ? at.longValue() : 0,
        side.units(),
        side.cpu(),
        side.bytes(),
        side.peakKb(),
        side.why(),
        side.failed());
  }

  double each() {
    return cpu / units;
  }
}
