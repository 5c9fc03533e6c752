package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Text;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes of numbers, texts and values. */
public final class Encoding {
  private Encoding() {}

  /** A varint; {@code value} is unsigned. */
  public static byte[] varint(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long rest = value;
    for (; Long.compareUnsigned(rest, 0x80) >= 0; rest >>>= 7) {
      out.write((int) (rest & 0x7f | 0x80));
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  /** A signed. */
  public static byte[] signed(long value) {
    return varint(value << 1 ^ value >> 63);
  }

  /** A text. */
  public static byte[] text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return join(varint(bytes.length), bytes);
  }

  /** A value: null, an integer, a real, text or a blob. */
  public static byte[] value(Object value) {
    if (value == null) {
      return varint(0);
    } else if (value instanceof Integer || value instanceof Long) {
      return join(varint(1), signed(((Number) value).longValue()));
    } else if (value instanceof Double real) {
      return join(varint(2), ByteBuffer.allocate(8).putDouble(real).array());
    } else if (value instanceof Blob blob) {
      return sized(5, blob.bytes());
    } else if (value instanceof Text text) {
      return sized(4, text.bytes());
    }
    return sized(4, ((String) value).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sized(int tag, byte[] bytes) {
    return join(varint(tag + 2L * bytes.length), bytes);
  }

  /** The bytes of both. */
  public static byte[] join(byte[] a, byte[] b) {
    byte[] joined = new byte[a.length + b.length];
    System.arraycopy(a, 0, joined, 0, a.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  /** The bytes with the check behind them. */
  public static Blob checked(byte[] bytes) {
    return Blob.of(join(bytes, Check.of(bytes)));
  }
}
