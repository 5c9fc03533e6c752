package io.crsql.sync;

/** The peer does not keep to the protocol; the message says how. */
final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final CloseCode code;

  ProtocolException(String message) {
    this(CloseCode.PROTOCOL, message);
  }

  ProtocolException(CloseCode code, String message) {
    super(message);
    this.code = code;
  }

  CloseCode code() {
    return code;
  }
}
