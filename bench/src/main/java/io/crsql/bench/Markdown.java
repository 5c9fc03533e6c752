package io.crsql.bench;

import java.util.List;

/** Lines of tables. */
final class Markdown {
  private Markdown() {}

  static String row(List<String> cells) {
    return "| "
        + String.join(" | ", cells.stream().map(c -> c.replace("|", "\\|")).toList())
        + " |";
  }

  /** The row of titles and the line below it. */
  static String heading(List<String> cells) {
    return row(cells) + "\n|" + "---|".repeat(cells.size());
  }
}
