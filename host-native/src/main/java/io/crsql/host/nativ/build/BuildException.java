package io.crsql.host.nativ.build;

/** A build that cannot go on, with one line that says why and what to do. */
final class BuildException extends Exception {
  private static final long serialVersionUID = 1L;

  BuildException(String message) {
    super(message);
  }
}
