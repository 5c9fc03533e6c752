package io.crsql.sync;

import java.util.Arrays;

/**
 * Cuts a stream of bytes into frames, wherever the transport has cut it. Memory grows with what has
 * come, never with what a length promises.
 */
final class FrameReader {
  private static final int FIRST_ROOM = 256;

  private int limit;
  private final byte[] length = new byte[FrameWriter.LENGTH_BYTES];
  private int lengthBytes;
  private byte[] frame = new byte[0];
  private int size;
  private int promised;

  private byte[] input = new byte[0];
  private int at;
  private int end;

  /** Takes frames of up to that many bytes. */
  FrameReader(int limit) {
    this.limit = limit;
  }

  void limit(int limit) {
    this.limit = limit;
  }

  /** Gives bytes, which must stay as they are until {@link #next} returns null. */
  void feed(byte[] bytes, int offset, int count) {
    input = bytes;
    at = offset;
    end = offset + count;
  }

  /** The next whole frame without its length; null if more bytes are needed. */
  byte[] next() {
    while (lengthBytes < length.length) {
      if (at == end) {
        return null;
      }
      length[lengthBytes++] = input[at++];
      if (lengthBytes == length.length) {
        begin();
      }
    }
    int count = Math.min(end - at, promised - size);
    ensure(size + count);
    System.arraycopy(input, at, frame, size, count);
    size += count;
    at += count;
    if (size < promised) {
      return null;
    }
    byte[] whole = frame.length == size ? frame : Arrays.copyOf(frame, size);
    frame = new byte[0];
    size = 0;
    lengthBytes = 0;
    return whole;
  }

  private void begin() {
    long value = 0;
    for (byte b : length) {
      value = value << 8 | b & 0xff;
    }
    if (value < 2) {
      throw new ProtocolException("a frame has " + value + " bytes");
    } else if (value > limit) {
      throw new ProtocolException(
          CloseCode.LIMIT, "a frame has " + value + " bytes, and may have " + limit + " at most");
    }
    promised = (int) value;
  }

  private void ensure(int room) {
    if (frame.length < room) {
      int grown = Math.min(Math.max(2 * frame.length, FIRST_ROOM), promised);
      frame = Arrays.copyOf(frame, Math.max(grown, room));
    }
  }
}
