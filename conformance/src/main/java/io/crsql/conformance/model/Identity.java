package io.crsql.conformance.model;

/** What stands for all values that SQLite's {@code =} takes for equal. */
public final class Identity {
  private static final double TWO_TO_63 = 0x1p63;

  private Identity() {}

  /** The identity of a value under a collation; null has that of null only. */
  public static Object of(Object value, Collation collation) {
    if (value instanceof Double number) {
      boolean integral = number == Math.rint(number);
      boolean inRange = number >= -TWO_TO_63 && number < TWO_TO_63;
      return integral && inRange ? (Object) (long) (double) number : value;
    }
    return value instanceof Text text ? collation.identity(text) : value;
  }
}
