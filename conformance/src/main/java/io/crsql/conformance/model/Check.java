package io.crsql.conformance.model;

/**
 * A CHECK of a table on columns that hold nothing but numbers and NULL: that one is below a bound,
 * or at most another one.
 *
 * @param left the column that must not be too large
 * @param right the column that it must not exceed; null for the bound
 * @param bound what it must be below
 * @param strict whether a comparison with NULL fails instead of passing
 */
public record Check(String left, String right, long bound, boolean strict) {
  /** Whether values of the two columns pass; {@code rightValue} does not matter for a bound. */
  boolean holds(Object leftValue, Object rightValue) {
    if (leftValue == null || (right != null && rightValue == null)) {
      return !strict;
    }
    double value = ((Number) leftValue).doubleValue();
    return right == null ? value < bound : value <= ((Number) rightValue).doubleValue();
  }

  /** Whether the column is compared. */
  public boolean names(String column) {
    return column.equals(left) || column.equals(right);
  }

  /** The clause in CREATE TABLE. */
  String sql() {
    String comparison = left + (right == null ? " < " + bound : " <= " + right);
    return "CHECK(" + (strict ? "(" + comparison + ") IS TRUE" : comparison) + ")";
  }
}
