package io.crsql.engine.value;

/** Hexadecimal digits. */
public final class Hex {
  private static final String DIGITS = "0123456789ABCDEF";

  private Hex() {}

  static char digit(int value) {
    return DIGITS.charAt(value);
  }

  /** The value of a hexadecimal digit, or -1. */
  static int value(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Appends two digits a byte. */
  static void append(Bytes out, byte[] bytes) {
    for (byte b : bytes) {
      out.add(DIGITS.charAt(b >> 4 & 15)).add(DIGITS.charAt(b & 15));
    }
  }

  /** Two digits a byte. */
  public static String of(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      out.append(DIGITS.charAt(b >> 4 & 15)).append(DIGITS.charAt(b & 15));
    }
    return out.toString();
  }
}
