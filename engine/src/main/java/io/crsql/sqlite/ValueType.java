package io.crsql.sqlite;

/** SQLite's fundamental storage classes, with the numbers of SQLite's C API. */
public final class ValueType {
  /** A 64-bit signed integer. */
  public static final int INTEGER = 1;

  /** An IEEE 754 double, never NaN. */
  public static final int REAL = 2;

  /** A character string, not necessarily valid in its encoding. */
  public static final int TEXT = 3;

  /** A byte string. */
  public static final int BLOB = 4;

  /** NULL. */
  public static final int NULL = 5;

  private ValueType() {}
}
