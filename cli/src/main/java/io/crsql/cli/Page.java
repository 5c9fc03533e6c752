package io.crsql.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi.Style;

/** What people read is printed on: plain lines, with a little colour on a terminal. */
final class Page {
  static final String INDENT = "  ";

  private final PrintWriter out;
  private final boolean ansi;

  Page(PrintWriter out, boolean ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void heading(String text) {
    out.println();
    out.println(styled(text, Style.bold));
  }

  void line(String text) {
    out.println(text);
  }

  /** Lines that belong to the heading above. */
  void text(String... lines) {
    for (String line : lines) {
      out.println(line.isEmpty() ? "" : INDENT + line);
    }
  }

  void table(TextTable table) {
    table.print(out, INDENT);
  }

  String good(String text) {
    return styled(text, Style.fg_green);
  }

  String doubtful(String text) {
    return styled(text, Style.fg_yellow);
  }

  String bad(String text) {
    return styled(text, Style.fg_red);
  }

  String strong(String text) {
    return styled(text, Style.bold);
  }

  private String styled(String text, Style style) {
    return ansi ? style.on() + text + style.off() : text;
  }
}
