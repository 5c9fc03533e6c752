package io.crsql.cli;

import java.util.HexFormat;

/** Numbers and identifiers as they are shown to people. */
final class Words {
  private static final HexFormat HEX = HexFormat.of();

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
