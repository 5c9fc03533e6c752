package io.crsql.engine.value;

/** Well-formedness of UTF-8 (Unicode 15, table 3-7). */
public final class Utf8 {
  private Utf8() {}

  /**
   * Whether the bytes are well-formed UTF-8 without a NUL: what a plain SQL string literal can
   * hold.
   */
  public static boolean fitsLiteral(byte[] b) {
    int i = 0;
    while (i < b.length) {
      int c = b[i] & 0xff;
      int more;
      if (c == 0) {
        return false;
      } else if (c < 0x80) {
        i++;
        continue;
      } else if (c >= 0xc2 && c <= 0xdf) {
        more = 1;
      } else if (c >= 0xe0 && c <= 0xef) {
        more = 2;
      } else if (c >= 0xf0 && c <= 0xf4) {
        more = 3;
      } else {
        return false;
      }
      if (more >= b.length - i) {
        return false;
      }
      int second = b[i + 1] & 0xff;
      boolean bad =
          (c == 0xe0 && second < 0xa0)
              || (c == 0xed && second > 0x9f)
              || (c == 0xf0 && second < 0x90)
              || (c == 0xf4 && second > 0x8f);
      for (int k = 1; k <= more; k++) {
        bad |= (b[i + k] & 0xc0) != 0x80;
      }
      if (bad) {
        return false;
      }
      i += more + 1;
    }
    return true;
  }

  /** The text in UTF-8; half of a surrogate pair becomes U+FFFD. */
  public static byte[] encode(String text) {
    Bytes out = new Bytes();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c < 0x80) {
        out.add(c);
        continue;
      }
      c = c >= 0xd800 && c < 0xe000 ? 0xfffd : c;
      if (c < 0x800) {
        out.add(0xc0 | c >> 6);
      } else if (c < 0x10000) {
        out.add(0xe0 | c >> 12).add(0x80 | c >> 6 & 0x3f);
      } else {
        out.add(0xf0 | c >> 18).add(0x80 | c >> 12 & 0x3f).add(0x80 | c >> 6 & 0x3f);
      }
      out.add(0x80 | c & 0x3f);
    }
    return out.toArray();
  }

  /** The text of well-formed UTF-8. */
  public static String decode(byte[] b) {
    StringBuilder out = new StringBuilder(b.length);
    int i = 0;
    while (i < b.length) {
      int c = b[i++];
      if (c < 0) {
        int more = (c & 0xe0) == 0xc0 ? 1 : (c & 0xf0) == 0xe0 ? 2 : 3;
        c &= 0x3f >> more;
        for (int k = 0; k < more; k++) {
          c = c << 6 | b[i++] & 0x3f;
        }
      }
      out.appendCodePoint(c);
    }
    return out.toString();
  }
}
