package io.crsql.sync.simulation;

/** Frames as text, for traces. */
final class Frames {
  private static final String[] TYPES = {
    "", "HELLO", "WANT", "CHUNK", "ACK", "PING", "PONG", "CLOSE"
  };
  private static final int MOST_BYTES = 24;

  private Frames() {}

  static String text(byte[] frame) {
    StringBuilder out = new StringBuilder(TYPES[frame[4]]);
    out.append(", ").append(frame.length).append(" bytes: ");
    for (int i = 5; i < Math.min(frame.length, 5 + MOST_BYTES); i++) {
      out.append(String.format("%02x", frame[i]));
    }
    return out.toString();
  }
}
