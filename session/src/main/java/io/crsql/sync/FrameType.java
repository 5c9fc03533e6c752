package io.crsql.sync;

/** The kinds of frames, by their number in docs/sync-protocol.md. */
final class FrameType {
  static final int HELLO = 1;
  static final int WANT = 2;
  static final int CHUNK = 3;
  static final int ACK = 4;
  static final int PING = 5;
  static final int PONG = 6;
  static final int CLOSE = 7;

  private FrameType() {}
}
