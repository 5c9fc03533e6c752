package io.crsql.jdbc;

import java.util.Locale;

/**
 * A hash that is equal if, and only if, two databases, or two tables, have converged. It finds what
 * chance does, not what somebody has made to collide.
 *
 * @param hex 32 hexadecimal digits, in lower case
 */
public record Fingerprint(String hex) {
  /**
   * A fingerprint by its digits, in any case.
   *
   * @throws IllegalArgumentException if it is not 32 hexadecimal digits
   */
  public Fingerprint {
    if (!hex.matches("[0-9A-Fa-f]{32}")) {
      throw new IllegalArgumentException("a fingerprint has 32 hexadecimal digits: " + hex);
    }
    hex = hex.toLowerCase(Locale.ROOT);
  }

  /** The 32 digits. */
  @Override
  public String toString() {
    return hex;
  }
}
