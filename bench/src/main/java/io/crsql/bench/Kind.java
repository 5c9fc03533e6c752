package io.crsql.bench;

import java.util.Locale;
import java.util.Map;

/** What is measured in one go, and has a part of the page. */
enum Kind {
  WORKS("work"),
  SCALE("scale"),
  WEB("web");

  private final String field;

  Kind(String field) {
    this.field = field;
  }

  /** Its name in the line that tells where it was measured. */
  String run() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a line of results is one of it, or tells where it was measured. */
  boolean has(Map<String, Object> line) {
    return line.containsKey(field) || run().equals(line.get("run"));
  }
}
