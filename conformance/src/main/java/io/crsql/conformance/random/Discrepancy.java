package io.crsql.conformance.random;

/** The host did what the model says it must not. */
final class Discrepancy extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String kind;

  /** {@code kind} tells discrepancies apart that are not worth telling apart in detail. */
  Discrepancy(String kind, String message, Throwable cause) {
    super(kind + ": " + message, cause);
    this.kind = kind;
  }

  Discrepancy(String kind, String message) {
    this(kind, message, null);
  }

  String kind() {
    return kind;
  }
}
