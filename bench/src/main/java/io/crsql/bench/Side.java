package io.crsql.bench;

import java.util.Map;

/**
 * One side's result of a work; times are medians in seconds.
 *
 * @param why why there is none; empty if there is one
 * @param failed whether there is none because of an error
 * @param plan the query plan; empty where none was asked for
 */
record Side(
    double cpu,
    double cpuLeast,
    double cpuMost,
    double wall,
    double first,
    long units,
    long peakKb,
    long bytes,
    String plan,
    String why,
    boolean failed) {
  static Side of(Map<?, ?> json) {
    return new Side(
        number(json, "cpu").doubleValue(),
        number(json, "cpu_min").doubleValue(),
        number(json, "cpu_max").doubleValue(),
        number(json, "wall").doubleValue(),
        number(json, "first").doubleValue(),
        number(json, "units").longValue(),
        number(json, "peak_kb").longValue(),
        number(json, "bytes").longValue(),
        text(json, "plan"),
        text(json, "error") + text(json, "skipped"),
        json.containsKey("error"));
  }

  private static Number number(Map<?, ?> json, String name) {
    return json.get(name) instanceof Number number ? number : 0;
  }

  private static String text(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? text : "";
  }

  boolean hasResult() {
    return why.isEmpty();
  }

  /** CPU seconds for one row, cell, load ... */
  double each() {
    return cpu / units;
  }

  double perSecond() {
    return units / cpu;
  }
}
