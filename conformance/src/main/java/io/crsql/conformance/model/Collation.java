package io.crsql.conformance.model;

/** How a column compares texts. */
public enum Collation {
  BINARY,
  NOCASE,
  RTRIM;

  /** What stands for all texts that it takes for equal. */
  Text identity(Text text) {
    return switch (this) {
      case NOCASE -> folded(text.latin1());
      case RTRIM -> trimmed(text.latin1());
      default -> text;
    };
  }

  /** NOCASE folds ASCII letters only, and looks at nothing behind a NUL but the length. */
  private static Text folded(String latin1) {
    StringBuilder out = new StringBuilder(latin1.length());
    boolean ended = false;
    for (int i = 0; i < latin1.length(); i++) {
      char c = latin1.charAt(i);
      ended |= c == 0;
      out.append(ended ? '\0' : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return new Text(out.toString());
  }

  /** RTRIM looks at no spaces at the end, and at no other white space there. */
  private static Text trimmed(String latin1) {
    int end = latin1.length();
    while (end > 0 && latin1.charAt(end - 1) == ' ') {
      end--;
    }
    return new Text(latin1.substring(0, end));
  }

  /** The clause of a column's definition, with a space before it if there is any. */
  String sql() {
    return this == BINARY ? "" : " COLLATE " + this;
  }
}
