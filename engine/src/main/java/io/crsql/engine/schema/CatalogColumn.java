package io.crsql.engine.schema;

/**
 * A column as the catalogue describes it.
 *
 * @param number its place in the table, from 0
 * @param name its name
 * @param affinity its affinity
 * @param typed whether it holds values of its type only, as those of a STRICT table do, unless ANY
 * @param notNull whether it is declared NOT NULL
 * @param defaultText the SQL text of its default, or null
 * @param keyPlace its place in the primary key from 1, or 0
 */
record CatalogColumn(
    int number,
    String name,
    Affinity affinity,
    boolean typed,
    boolean notNull,
    String defaultText,
    int keyPlace) {
  /** Whether the default is a constant, the same on every replica. */
  boolean constantDefault() {
    if (defaultText == null) {
      return false;
    }
    String text = Names.asciiLower(defaultText);
    int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
    if (at == text.length()) {
      return false;
    }
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      return closes(text, at, c);
    } else if (c == 'x' && text.startsWith("'", at + 1)) {
      return closes(text, at + 1, '\'');
    } else if ((c >= '0' && c <= '9') || c == '.') {
      return isWord(text, at, true);
    }
    return isWord(text, at, false) && !text.startsWith("current_");
  }

  /**
   * The constant default as a literal: a bare word or a name in double quotes is text to SQLite
   * here.
   */
  String constantLiteral() {
    char c = defaultText.charAt(0);
    if (c == '"') {
      return Names.literal(Tokens.of(defaultText).get(0).text());
    }
    String text = Names.asciiLower(defaultText);
    boolean keyword = text.equals("null") || text.equals("true") || text.equals("false");
    boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    return word && !keyword && !text.startsWith("x'") ? Names.literal(defaultText) : defaultText;
  }

  private static boolean closes(String text, int open, char quote) {
    int i = open + 1;
    while (i < text.length()) {
      if (text.charAt(i) != quote) {
        i++;
      } else if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
        i += 2;
      } else {
        return i == text.length() - 1;
      }
    }
    return false;
  }

  private static boolean isWord(String text, int from, boolean number) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean sign = (c == '-' || c == '+') && i > from && text.charAt(i - 1) == 'e';
      boolean fits =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || c == '_'
              || (number && (c == '.' || sign))
              || (!number && c >= 0x80);
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
