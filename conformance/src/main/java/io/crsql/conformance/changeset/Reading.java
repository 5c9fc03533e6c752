package io.crsql.conformance.changeset;

import io.crsql.conformance.Blob;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads the fields of a blob whose check is right. */
final class Reading {
  private final ByteBuffer in;

  /** Begins behind the magic and the format. */
  Reading(Blob blob, String magic) {
    byte[] bytes = blob.bytes();
    byte[] body = Arrays.copyOf(bytes, bytes.length - 16);
    if (!Encoding.checked(body).equals(blob)) {
      throw new IllegalArgumentException("the check of " + magic + " is wrong");
    }
    in = ByteBuffer.wrap(body);
    for (int i = 0; i < magic.length(); i++) {
      if (in.get() != magic.charAt(i)) {
        throw new IllegalArgumentException("it is no " + magic);
      }
    }
    if (in.get() != 1) {
      throw new IllegalArgumentException("it is not of format 1");
    }
  }

  int octet() {
    return in.get() & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** A site in upper-case hexadecimal. */
  String site() {
    byte[] site = new byte[16];
    in.get(site);
    return Blob.of(site).hex();
  }
}
