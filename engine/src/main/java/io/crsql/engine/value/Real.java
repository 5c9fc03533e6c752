package io.crsql.engine.value;

/**
 * Doubles as text that every host reads back to the same bits.
 *
 * <p>Neither SQLite's nor the ahead-of-time runtime's conversion is exact for all doubles, so only
 * two forms are written: a short decimal that one correctly rounded division reproduces (Clinger,
 * "How to Read Floating Point Numbers Accurately", PLDI 1990, section 3: at most 53 bits over a
 * power of ten of at most 22), and otherwise hexadecimal floating point as in C99, which is the
 * bits themselves.
 */
final class Real {
  private static final double[] POWERS_OF_TEN = powersOfTen();
  private static final long EXACT = 1L << 53;
  private static final long FRACTION = (1L << 52) - 1;

  private Real() {}

  private static double[] powersOfTen() {
    double[] powers = new double[23];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  static String text(double d) {
    if (Double.isInfinite(d)) {
      return d > 0 ? "9e999" : "-9e999";
    }
    boolean negative = Double.doubleToRawLongBits(d) < 0;
    String magnitude = shortDecimal(Math.abs(d));
    if (magnitude == null) {
      magnitude = hexadecimal(Double.doubleToRawLongBits(d) & Long.MAX_VALUE);
    }
    return negative ? "-" + magnitude : magnitude;
  }

  private static String shortDecimal(double d) {
    for (int places = 1; places <= 15; places++) {
      double scaled = d * POWERS_OF_TEN[places];
      if (scaled >= EXACT) {
        return null;
      }
      long digits = (long) (scaled + 0.5);
      if (digits / POWERS_OF_TEN[places] == d) {
        String s = Long.toString(digits);
        StringBuilder padded = new StringBuilder();
        for (int i = s.length(); i <= places; i++) {
          padded.append('0');
        }
        padded.append(s);
        return padded.insert(padded.length() - places, '.').toString();
      }
    }
    return null;
  }

  private static String hexadecimal(long bits) {
    int exponent = (int) (bits >>> 52);
    long fraction = bits & FRACTION;
    StringBuilder out = new StringBuilder(exponent == 0 ? "0x0." : "0x1.");
    for (int shift = 48; shift >= 0; shift -= 4) {
      out.append(Hex.digit((int) (fraction >>> shift) & 15));
    }
    return out.append('p').append(exponent == 0 ? -1022 : exponent - 1023).toString();
  }

  /** {@code -d}, by its sign: a host that subtracts from zero would make 0.0 of 0.0. */
  static double negated(double d) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(d) ^ Long.MIN_VALUE);
  }

  /**
   * The double that {@code digits} times ten to the power {@code exponent} is, if one correctly
   * rounded operation gives it; otherwise NaN.
   */
  static double exactDecimal(long digits, int exponent) {
    if (digits > EXACT || exponent < -22 || exponent > 22) {
      return Double.NaN;
    }
    return exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
  }

  /**
   * The double of the form that {@link #text} writes, {@code fraction} being its 13 hexadecimal
   * digits after the point; NaN if there is none.
   */
  static double ofHexadecimal(boolean normal, long fraction, int exponent) {
    if (normal ? exponent < -1022 || exponent > 1023 : exponent != -1022) {
      return Double.NaN;
    }
    long biased = normal ? exponent + 1023 : 0;
    return Double.longBitsToDouble(biased << 52 | fraction);
  }
}
