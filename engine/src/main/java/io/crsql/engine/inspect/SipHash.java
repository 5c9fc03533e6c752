package io.crsql.engine.inspect;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
 * INDOCRYPT 2012, and the authors' 128-bit variant).
 */
final class SipHash {
  private final long k0;
  private final long k1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;
  private long word;
  private long length;
  private long low;
  private long high;

  /** A hash under the key of these two words, the first 8 bytes of the key being the first. */
  SipHash(long k0, long k1) {
    this.k0 = k0;
    this.k1 = k1;
    begin();
  }

  private void begin() {
    v0 = k0 ^ 0x736f6d6570736575L;
    v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
    v2 = k0 ^ 0x6c7967656e657261L;
    v3 = k1 ^ 0x7465646279746573L;
    word = 0;
    length = 0;
  }

  /** Adds a byte. */
  void add(int b) {
    word |= (b & 0xffL) << (length << 3);
    length++;
    if ((length & 7) == 0) {
      compress();
      word = 0;
    }
  }

  /** Adds bytes. */
  void add(byte[] bytes) {
    for (byte b : bytes) {
      add(b);
    }
  }

  /** Adds eight bytes, the lowest first. */
  void add(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      add((int) (value >>> shift));
    }
  }

  /** Ends the input; the next byte begins another. */
  void finish() {
    word |= length << 56;
    compress();
    v2 ^= 0xee;
    low = finalWord();
    v1 ^= 0xdd;
    high = finalWord();
    begin();
  }

  /** The first 8 bytes of the last finished hash, the lowest first. */
  long low() {
    return low;
  }

  /** Its other 8 bytes. */
  long high() {
    return high;
  }

  private void compress() {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private long finalWord() {
    for (int i = 0; i < 4; i++) {
      round();
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    v0 += v1;
    v2 += v3;
    v1 = Long.rotateLeft(v1, 13) ^ v0;
    v3 = Long.rotateLeft(v3, 16) ^ v2;
    v0 = Long.rotateLeft(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = Long.rotateLeft(v1, 17) ^ v2;
    v3 = Long.rotateLeft(v3, 21) ^ v0;
    v2 = Long.rotateLeft(v2, 32);
  }
}
