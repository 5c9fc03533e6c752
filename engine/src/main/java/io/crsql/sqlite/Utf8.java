package io.crsql.sqlite;

/**
 * Text as SQLite stores it, the same on every host. Without the JDK's charset machinery, which
 * would be most of a compiled engine.
 */
public final class Utf8 {
  private static final char REPLACEMENT = '\ufffd';

  private Utf8() {}

  /** Each surrogate without its other half becomes U+FFFD. */
  public static byte[] encode(String text) {
    int length = text.length();
    byte[] utf8 = new byte[encodedLength(text)];
    int to = 0;
    for (int i = 0; i < length; i++) {
      int c = text.charAt(i);
      if (c < 0x80) {
        utf8[to++] = (byte) c;
        continue;
      }
      if (isPair(text, i)) {
        c = Character.toCodePoint((char) c, text.charAt(++i));
        utf8[to++] = (byte) (0xf0 | c >> 18);
        utf8[to++] = (byte) (0x80 | c >> 12 & 0x3f);
        utf8[to++] = (byte) (0x80 | c >> 6 & 0x3f);
      } else if (c < 0x800) {
        utf8[to++] = (byte) (0xc0 | c >> 6);
      } else {
        if (Character.isSurrogate((char) c)) {
          c = REPLACEMENT;
        }
        utf8[to++] = (byte) (0xe0 | c >> 12);
        utf8[to++] = (byte) (0x80 | c >> 6 & 0x3f);
      }
      utf8[to++] = (byte) (0x80 | c & 0x3f);
    }
    return utf8;
  }

  private static int encodedLength(String text) {
    int bytes = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isPair(text, i)) {
        bytes += 4;
        i++;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  /**
   * What is not UTF-8 becomes U+FFFD just as in the JDK's decoder, so that all hosts agree: one for
   * the longest part of a sequence that could have gone on, and one for an encoded surrogate.
   */
  public static String decode(byte[] utf8) {
    char[] text = new char[utf8.length];
    int to = 0;
    int i = 0;
    while (i < utf8.length) {
      int first = utf8[i] & 0xff;
      int length = sequenceLength(first);
      int valid = 1;
      int c = length == 1 ? first : first & 0x7f >> length;
      while (valid < length && i + valid < utf8.length && goesOn(first, valid, utf8[i + valid])) {
        c = c << 6 | utf8[i + valid] & 0x3f;
        valid++;
      }
      i += valid;
      if (valid < length || first >= 0x80 && length == 1 || isSurrogate(c)) {
        text[to++] = REPLACEMENT;
      } else if (c >= 0x10000) {
        text[to++] = Character.highSurrogate(c);
        text[to++] = Character.lowSurrogate(c);
      } else {
        text[to++] = (char) c;
      }
    }
    return new String(text, 0, to);
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private static int sequenceLength(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 1;
    }
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  }

  /** Whether {@code next} may follow: overlong forms and what is past U+10FFFF end at once. */
  private static boolean goesOn(int first, int place, byte next) {
    int b = next & 0xff;
    int low = 0x80;
    int high = 0xbf;
    if (place == 1) {
      switch (first) {
        case 0xe0 -> low = 0xa0;
        case 0xf0 -> low = 0x90;
        case 0xf4 -> high = 0x8f;
        default -> {}
      }
    }
    return b >= low && b <= high;
  }
}
