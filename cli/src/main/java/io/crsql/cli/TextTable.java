package io.crsql.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rows of text under a heading; printed in parts, it keeps the first part's widths. */
final class TextTable {
  private static final int WIDEST = 40;
  private static final String GAP = "  ";

  private final String[] heading;
  private final List<String[]> rows = new ArrayList<>();
  private Set<Integer> numbers = Set.of();
  private int[] widths;

  TextTable(String... heading) {
    this.heading = heading;
  }

  /** Puts the columns of these places, counted from 0, to the right. */
  TextTable numbers(Integer... columns) {
    numbers = Set.of(columns);
    return this;
  }

  /** Adds a row; long texts are cut, and control characters shown as escapes. */
  void add(String... cells) {
    String[] row = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      row[i] = Words.cut(Words.visible(cells[i]), WIDEST);
    }
    rows.add(row);
  }

  /** Prints the rows added since the last time. */
  void print(PrintWriter out) {
    print(out, "");
  }

  void print(PrintWriter out, String indent) {
    if (rows.isEmpty()) {
      return;
    }
    if (widths == null) {
      measure();
      out.println(indent + line(heading));
      String[] rule = new String[heading.length];
      Arrays.setAll(rule, i -> "-".repeat(widths[i]));
      out.println(indent + line(rule));
    }
    for (String[] row : rows) {
      out.println(indent + line(row));
    }
    rows.clear();
  }

  private void measure() {
    widths = new int[heading.length];
    Arrays.setAll(widths, i -> heading[i].length());
    for (String[] row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
    }
  }

  private String line(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - cells[i].length()));
      line.append(numbers.contains(i) ? padding + cells[i] : cells[i] + padding).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
