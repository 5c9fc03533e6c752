package io.crsql.cli;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** A value as it is given on the command line. */
final class Literal {
  private static final Pattern INTEGER = Pattern.compile("[-+]?\\d+");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private Literal() {}

  /**
   * The value: a number, {@code 'text'} in which a quote is doubled, {@code x'00ff'}, and else the
   * text as it is.
   *
   * @return a Long, Double, String or byte[]
   * @throws Failure if it begins as a literal and is none
   */
  static Object parse(String text) {
    if (INTEGER.matcher(text).matches()) {
      return integer(text);
    } else if (REAL.matcher(text).matches()) {
      return Double.valueOf(text);
    } else if (text.startsWith("'")) {
      return quoted(text);
    }
    return text.startsWith("x'") || text.startsWith("X'") ? blob(text) : text;
  }

  /** SQLite takes an integer of more than 64 bits for a real. */
  private static Object integer(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return Double.valueOf(text);
    }
  }

  private static String quoted(String text) {
    String inside = text.length() > 1 ? text.substring(1, text.length() - 1) : "'";
    String unescaped = inside.replace("''", "");
    if (!text.endsWith("'") || unescaped.contains("'")) {
      throw new Failure(text + ": is no text in quotes; write it as 'it''s'");
    }
    return inside.replace("''", "'");
  }

  private static byte[] blob(String text) {
    try {
      if (text.length() > 2 && text.endsWith("'")) {
        return HexFormat.of().parseHex(text, 2, text.length() - 1);
      }
    } catch (IllegalArgumentException e) {
      // what follows says it
    }
    throw new Failure(text + ": is no blob; write it as x'00ff', two digits a byte");
  }
}
