package io.crsql.sync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds one frame. */
final class FrameWriter {
  /** The bytes of a frame's length. */
  static final int LENGTH_BYTES = 4;

  private byte[] bytes;
  private int size = LENGTH_BYTES;

  FrameWriter(int type, long number) {
    this(type, number, 64);
  }

  /** A frame that will have about {@code room} bytes behind its number. */
  FrameWriter(int type, long number, int room) {
    bytes = new byte[LENGTH_BYTES + 11 + room];
    octet(type);
    varint(number);
  }

  FrameWriter octet(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  FrameWriter varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  FrameWriter raw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  FrameWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).raw(utf8);
  }

  /** The frame with its length in front. */
  byte[] done() {
    int length = size - LENGTH_BYTES;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      bytes[i] = (byte) (length >>> 8 * (LENGTH_BYTES - 1 - i));
    }
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
