package io.crsql.engine.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of an SQL statement, as far as finding a keyword or a name needs: comments and white
 * space are dropped, a name loses its quotes, every other character stands alone.
 */
final class Tokens {
  private Tokens() {}

  /** One token; {@code bare} tells a keyword or unquoted name from a quoted one. */
  record Token(String text, boolean bare) {
    /** Whether this is the keyword, given in lower case. */
    boolean is(String keyword) {
      return bare && Names.asciiLower(text).equals(keyword);
    }

    /** The number below a billion that this is; -1 if it is none. */
    int number() {
      int number = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9' || i > 8) {
          return -1;
        }
        number = number * 10 + c - '0';
      }
      return text.isEmpty() ? -1 : number;
    }
  }

  static List<Token> of(String sql) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      int end;
      if (sql.startsWith("--", i)) {
        end = indexAfter(sql, "\n", i);
      } else if (sql.startsWith("/*", i)) {
        end = indexAfter(sql, "*/", i + 2);
      } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
        char close = c == '[' ? ']' : c;
        end = closing(sql, i, close);
        String inner = sql.substring(i + 1, Math.max(i + 1, end - 1));
        String name = c == '[' ? inner : inner.replace("" + close + close, "" + close);
        tokens.add(new Token(name, false));
      } else if (isWord(c)) {
        end = i;
        while (end < sql.length() && isWord(sql.charAt(end))) {
          end++;
        }
        tokens.add(new Token(sql.substring(i, end), true));
      } else {
        end = i + 1;
        if (c > ' ') {
          tokens.add(new Token(String.valueOf(c), true));
        }
      }
      i = end;
    }
    return tokens;
  }

  private static int indexAfter(String sql, String what, int from) {
    int at = sql.indexOf(what, from);
    return at < 0 ? sql.length() : at + what.length();
  }

  private static int closing(String sql, int open, char close) {
    int i = open + 1;
    while (i < sql.length()) {
      if (sql.charAt(i) == close) {
        if (close == ']' || i + 1 >= sql.length() || sql.charAt(i + 1) != close) {
          return i + 1;
        }
        i++;
      }
      i++;
    }
    return sql.length();
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }

  /** The schema that a CREATE TRIGGER statement names for its table; null if it names none. */
  static String schemaOfTriggersTable(String createTrigger) {
    List<Token> tokens = of(createTrigger);
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is("on")) {
        return tokens.get(i + 2).is(".") ? tokens.get(i + 1).text() : null;
      }
    }
    return null;
  }
}
