package io.crsql.sync;

import java.util.ArrayDeque;
import java.util.Deque;

/** The frames that a session has put out and its host has not yet taken, numbered. */
final class Outbox {
  private final Deque<byte[]> frames = new ArrayDeque<>();
  private long number;
  private long bytes;

  FrameWriter frame(int type) {
    return new FrameWriter(type, number);
  }

  FrameWriter frame(int type, int room) {
    return new FrameWriter(type, number, room);
  }

  void add(FrameWriter frame) {
    byte[] done = frame.done();
    number++;
    bytes += done.length;
    frames.add(done);
  }

  byte[] poll() {
    byte[] frame = frames.poll();
    bytes -= frame == null ? 0 : frame.length;
    return frame;
  }

  /** How many bytes wait to be taken. */
  long bytes() {
    return bytes;
  }
}
