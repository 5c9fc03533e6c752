package io.crsql.cli;

import java.util.HexFormat;
import java.util.Locale;

/** Numbers and identifiers as they are shown to people. */
final class Words {
  private static final HexFormat HEX = HexFormat.of();
  private static final String[] UNITS = {"KB", "MB", "GB", "TB"};

  private Words() {}

  /** "1 change", "2 changes". */
  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** SQL has no name for infinity, but a number too large for any other value. */
  static String infinity(double real) {
    return real > 0 ? "9e999" : "-9e999";
  }

  static String hex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }

  /** "1.5 MB": a number of bytes in the unit that suits it, of which 1,024 make the next. */
  static String bytes(long bytes) {
    if (bytes < 1024) {
      return count(bytes, "byte");
    }
    double size = bytes / 1024.0;
    int unit = 0;
    // 1023.95 would be rounded up to 1024.0
    while (size >= 1023.95 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }

  /** A table's or column's name as SQL takes it, whatever is in it. */
  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * One line of text that does nothing to a terminal: control characters are written as escapes.
   */
  static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        visible.append("\\n");
      } else if (Character.isISOControl(c)) {
        visible.append(String.format("\\u%04x", (int) c));
      } else {
        visible.append(c);
      }
    }
    return visible.toString();
  }

  /** The text, cut to a width. */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }
}
