package io.crsql.sync;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of a frame that may have been made by anyone, trusting nothing in it. */
final class FrameBody {
  private final byte[] bytes;
  private int at;

  /** A frame without its length. */
  FrameBody(byte[] bytes) {
    this.bytes = bytes;
  }

  int octet() {
    need(1);
    return bytes[at++] & 0xff;
  }

  /** A number from 0 to 2^63 - 1. */
  long varint() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      need(1);
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        if (b == 0 && shift > 0) {
          break;
        }
        return value;
      }
    }
    throw new ProtocolException("a number is longer than it must be");
  }

  /** A number from 0 to {@code most}. */
  int upTo(int most, String what) {
    long value = varint();
    if (value > most) {
      throw new ProtocolException(what + " is " + value + ", and may be " + most + " at most");
    }
    return (int) value;
  }

  byte[] raw(int count) {
    need(count);
    byte[] raw = Arrays.copyOfRange(bytes, at, at + count);
    at += count;
    return raw;
  }

  /** All that is left. */
  byte[] rest() {
    return raw(bytes.length - at);
  }

  String text(int maxBytes, String what) {
    int length = upTo(maxBytes, "the length of " + what);
    need(length);
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length)).toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw new ProtocolException(what + " is not UTF-8");
    }
  }

  /** Refuses what follows the last field. */
  void done() {
    if (at != bytes.length) {
      throw new ProtocolException("bytes follow the last field of a frame");
    }
  }

  private void need(int count) {
    if (count > bytes.length - at) {
      throw new ProtocolException("a frame ends in the middle of a field");
    }
  }
}
