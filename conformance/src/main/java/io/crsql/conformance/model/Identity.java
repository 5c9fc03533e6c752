package io.crsql.conformance.model;

/** What stands for all values that SQLite's {@code =} takes for equal. */
final class Identity {
  private static final double TWO_TO_63 = 0x1p63;

  private Identity() {}

  static Object of(Object value, boolean nocase) {
    if (value instanceof Double number) {
      boolean integral = number == Math.rint(number);
      boolean inRange = number >= -TWO_TO_63 && number < TWO_TO_63;
      return integral && inRange ? (Object) (long) (double) number : value;
    } else if (nocase && value instanceof Text text) {
      return folded(text.latin1());
    }
    return value;
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
}
