package io.crsql.sync.simulation;

/** What a simulation must not come to; a failure of the same kind is taken for the same one. */
final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String kind;

  SimulationFailure(String kind, String message) {
    this(kind, message, null);
  }

  SimulationFailure(String kind, String message, Throwable cause) {
    super(kind + ": " + message, cause);
    this.kind = kind;
  }

  String kind() {
    return kind;
  }
}
