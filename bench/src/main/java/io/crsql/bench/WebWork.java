package io.crsql.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A work, or a size, in the browser.
 *
 * @param ratios of the others: crsql's time or size to theirs, by the same kind of API
 * @param cpuRatios the same of CPU time
 */
record WebWork(
    String name,
    Map<String, Side> sides,
    Map<String, Double> ratios,
    Map<String, Double> cpuRatios) {
  /** By the API that each package offers. */
  static final String CRSQL = "crsql";

  static final String VLCN = "vlcn";

  /** By SQLite's C API, as the module exports it. */
  static final String CRSQL_C = "crsql_c";

  static final String VLCN_C = "vlcn_c";

  static WebWork of(Map<String, Object> json) {
    Map<String, Side> sides = new LinkedHashMap<>();
    Map<String, Double> ratios = new LinkedHashMap<>();
    Map<String, Double> cpuRatios = new LinkedHashMap<>();
    json.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> side) {
            sides.put(name, Side.of(side));
            put(ratios, name, side.get("ratio"));
            put(cpuRatios, name, side.get("cpu_ratio"));
          }
        });
    return new WebWork((String) json.get("web"), sides, ratios, cpuRatios);
  }

  private static void put(Map<String, Double> ratios, String name, Object ratio) {
    if (ratio instanceof Number number) {
      ratios.put(name, number.doubleValue());
    }
  }

  boolean isSize() {
    return sides.get(CRSQL).bytes() > 0;
  }

  /** The target is to be ahead, except where only the builds of SQLite are compared. */
  boolean misses() {
    return !name.startsWith("plain_") && ratios.get(VLCN) >= 1;
  }
}
