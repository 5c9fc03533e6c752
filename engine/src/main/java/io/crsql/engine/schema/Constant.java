package io.crsql.engine.schema;

import io.crsql.engine.schema.Tokens.Token;
import java.util.List;

/**
 * The default of a column, where it is one of the constants that SQLite also gives to the rows
 * there are when the column is added: a literal, with signs and in parentheses.
 */
final class Constant {
  private Constant() {}

  /** The constant as an SQL expression, the same on every replica; null if it is none. */
  static String of(String defaultText) {
    List<Token> tokens = defaultText == null ? List.of() : Tokens.of(defaultText);
    StringBuilder prefix = new StringBuilder();
    StringBuilder suffix = new StringBuilder();
    int from = 0;
    int to = tokens.size();
    boolean signed = false;
    while (from < to && isSignOrOpen(tokens.get(from))) {
      if (tokens.get(from).is("(")) {
        if (!tokens.get(--to).is(")")) {
          return null;
        }
        suffix.append(')');
      } else {
        signed = true;
      }
      // The space keeps two signs from beginning a comment.
      prefix.append(tokens.get(from++).text()).append(signed ? " " : "");
    }
    String literal = literal(tokens.subList(from, Math.max(from, to)), signed);
    return literal == null ? null : prefix + literal + suffix;
  }

  private static boolean isSignOrOpen(Token token) {
    return token.is("(") || token.is("+") || token.is("-");
  }

  private static String literal(List<Token> tokens, boolean signed) {
    if (tokens.isEmpty()) {
      return null;
    }
    Token first = tokens.get(0);
    if (first.bare() && first.text().charAt(0) <= '9') {
      StringBuilder joined = new StringBuilder();
      for (Token token : tokens) {
        joined.append(token.text());
      }
      String number = joined.toString();
      return isNumber(Names.asciiLower(number)) ? number : null;
    } else if (signed) {
      return null;
    } else if (first.is("x") && tokens.size() == 2 && !tokens.get(1).bare()) {
      return 'x' + Names.literal(tokens.get(1).text());
    } else if (tokens.size() > 1) {
      return null;
    } else if (first.is("null") || first.is("true") || first.is("false")) {
      return first.text();
    }
    boolean clock = first.bare() && Names.asciiLower(first.text()).startsWith("current_");
    // A bare word or a name in double quotes is text to SQLite here.
    return clock ? null : Names.literal(first.text());
  }

  /** Whether it is a decimal, with a point and an exponent or without, or a hexadecimal number. */
  private static boolean isNumber(String text) {
    if (text.startsWith("0x")) {
      return digits(text, 2, true) == text.length();
    }
    int at = digits(text, 0, false);
    if (at < text.length() && text.charAt(at) == '.') {
      at = digits(text, at + 1, false);
    }
    if (at > 0 && at < text.length() && text.charAt(at) == 'e') {
      at++;
      boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
      at = digits(text, sign ? at + 1 : at, false);
    }
    return at == text.length();
  }

  /** Where the digits from {@code at} on end; SQLite 3.46 allows underscores among them. */
  private static int digits(String text, int at, boolean hexadecimal) {
    int i = at;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '_' && (c < '0' || c > '9') && !(hexadecimal && c >= 'a' && c <= 'f')) {
        break;
      }
      i++;
    }
    return i;
  }
}
