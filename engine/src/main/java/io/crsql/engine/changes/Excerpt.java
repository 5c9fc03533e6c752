package io.crsql.engine.changes;

/** Text from elsewhere as a message can hold it: short, and of one line. */
final class Excerpt {
  private static final int LONGEST = 100;

  private Excerpt() {}

  /**
   * The text's beginning, control characters replaced by their pictures: a NUL would end the
   * message, and a terminal would obey others.
   */
  static String of(String text) {
    int end = Math.min(text.length(), LONGEST);
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    StringBuilder out = new StringBuilder(end);
    for (int i = 0; i < end; i++) {
      out.append(picture(text.charAt(i)));
    }
    return end == text.length() ? out.toString() : out.append("...").toString();
  }

  private static char picture(char c) {
    if (c < 0x20) {
      return (char) (0x2400 + c);
    }
    return c == 0x7f ? 0x2421 : c > 0x7f && c < 0xa0 ? 0xfffd : c;
  }
}
