package io.crsql.conformance.random;

/** A statement must fail, and what then becomes of what it and its transaction did before. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final Conflict conflict;

  Refused(Conflict conflict) {
    this.conflict = conflict;
  }

  Conflict conflict() {
    return conflict;
  }
}
