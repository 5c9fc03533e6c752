package io.crsql.conformance.changeset;

/** SipHash-2-4 with 128 bits of output under a key of zeros, as its authors describe it. */
final class Check {
  private long v0 = 0x736f6d6570736575L;
  private long v1 = 0x646f72616e646f6dL ^ 0xee;
  private long v2 = 0x6c7967656e657261L;
  private long v3 = 0x7465646279746573L;

  private Check() {}

  /** The 16 bytes for these. */
  static byte[] of(byte[] data) {
    Check check = new Check();
    int words = data.length / 8;
    for (int i = 0; i <= words; i++) {
      long word = i < words ? 0 : (long) data.length << 56;
      for (int j = 8 * i; j < Math.min(data.length, 8 * i + 8); j++) {
        word |= (data[j] & 0xffL) << 8 * (j % 8);
      }
      check.v3 ^= word;
      check.rounds(2);
      check.v0 ^= word;
    }
    byte[] out = new byte[16];
    check.v2 ^= 0xee;
    check.put(out, 0);
    check.v1 ^= 0xdd;
    check.put(out, 8);
    return out;
  }

  private void put(byte[] out, int at) {
    rounds(4);
    long word = v0 ^ v1 ^ v2 ^ v3;
    for (int i = 0; i < 8; i++) {
      out[at + i] = (byte) (word >>> 8 * i);
    }
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
