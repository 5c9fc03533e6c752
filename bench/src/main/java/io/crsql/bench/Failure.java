package io.crsql.bench;

/** Something that the user can understand and act upon: its message is all that is shown. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message);
  }
}
