package io.crsql.sync.drop;

/** A file cannot be used, at least not yet; the message says why. */
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1;

  DamagedException(String message) {
    super(message);
  }
}
