package io.crsql.engine.schema;

import io.crsql.sqlite.ValueType;

/** A column's type affinity; the name of each is also a type name that has it. */
enum Affinity {
  INTEGER,
  TEXT,
  BLOB,
  REAL,
  NUMERIC;

  /** By the rules of SQLite's documentation, "Datatypes In SQLite", section 3.1. */
  static Affinity of(String declaredType, boolean strict) {
    String type = Names.asciiLower(declaredType);
    if (strict && type.equals("any")) {
      return BLOB;
    } else if (type.contains("int")) {
      return INTEGER;
    } else if (type.contains("char") || type.contains("clob") || type.contains("text")) {
      return TEXT;
    } else if (type.isEmpty() || type.contains("blob")) {
      return BLOB;
    } else if (type.contains("real") || type.contains("floa") || type.contains("doub")) {
      return REAL;
    }
    return NUMERIC;
  }

  /**
   * Whether a column that holds only this type takes values of that {@link ValueType} as they are.
   */
  boolean has(int type) {
    switch (this) {
      case INTEGER:
        return type == ValueType.INTEGER;
      case TEXT:
        return type != ValueType.BLOB;
      case BLOB:
        return type == ValueType.BLOB;
      default:
        return type == ValueType.INTEGER || type == ValueType.REAL;
    }
  }

  /**
   * An SQL expression, 0 or 1: can {@code ?1}, a value that this type does not have, be converted
   * to it without loss? Null if none can.
   */
  String converts() {
    switch (this) {
      case INTEGER:
        // Of the numbers that equal -2^63, SQLite takes only the integer itself.
        return "?1 = CAST(CAST(?1 AS NUMERIC) AS INTEGER)"
            + " AND CAST(?1 AS NUMERIC) > -9223372036854775808";
      case TEXT:
      case BLOB:
        return null;
      default:
        return "?1 = CAST(?1 AS NUMERIC)";
    }
  }

  /**
   * An SQL expression, 0 or 1, that tells whether two values stored under this affinity differ in
   * storage class or bytes. {@code IS NOT} alone takes 1 for 1.0 and 0.0 for -0.0 where a column
   * can hold both.
   */
  String differs(String a, String b) {
    String unequal = a + " COLLATE BINARY IS NOT " + b;
    switch (this) {
      case BLOB:
        // Only numbers sort before text, and only they can be equal without being the same.
        return "CASE WHEN "
            + unequal
            + " THEN 1 WHEN "
            + a
            + "<'' THEN NOT crsql_same("
            + a
            + ","
            + b
            + ") ELSE 0 END";
      case INTEGER:
      case NUMERIC:
        // A real that is an integer is stored as one, except -2^63.
        return "CASE WHEN "
            + unequal
            + " THEN 1 WHEN "
            + a
            + "=-9223372036854775808 THEN NOT crsql_same("
            + a
            + ","
            + b
            + ") ELSE 0 END";
      default:
        return "(" + unequal + ")";
    }
  }
}
