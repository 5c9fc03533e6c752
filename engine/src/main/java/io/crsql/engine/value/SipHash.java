package io.crsql.engine.value;

/**
 * SipHash-2-4 with 128 bits of output (Aumasson and Bernstein, "SipHash: a fast short-input PRF",
 * INDOCRYPT 2012, and the authors' 128-bit variant).
 */
public final class SipHash {
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
  public SipHash(long k0, long k1) {
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
  public void add(int b) {
    word |= (b & 0xffL) << (length << 3);
    length++;
    if ((length & 7) == 0) {
      compress();
      word = 0;
    }
  }

  /** Adds bytes. */
  public void add(byte[] bytes) {
    add(bytes, bytes.length);
  }

  /** Adds the first {@code count} bytes. */
  public void add(byte[] bytes, int count) {
    int i = 0;
    while (i < count && (length & 7) != 0) {
      add(bytes[i++]);
    }
    if (i + 8 <= count) {
      i = words(bytes, i, count);
    }
    for (; i < count; i++) {
      add(bytes[i]);
    }
  }

  /**
   * Adds as many words of eight bytes as there are; gives where the rest begins. It keeps the state
   * in local variables and calls nothing, since the compiled engine inlines little.
   */
  private int words(byte[] bytes, int from, int count) {
    long a = v0;
    long b = v1;
    long c = v2;
    long d = v3;
    int i = from;
    for (; i + 8 <= count; i += 8) {
      long next =
          (bytes[i] & 0xffL)
              | (bytes[i + 1] & 0xffL) << 8
              | (bytes[i + 2] & 0xffL) << 16
              | (bytes[i + 3] & 0xffL) << 24
              | (bytes[i + 4] & 0xffL) << 32
              | (bytes[i + 5] & 0xffL) << 40
              | (bytes[i + 6] & 0xffL) << 48
              | (bytes[i + 7] & 0xffL) << 56;
      d ^= next;
      for (int round = 0; round < 2; round++) {
        a += b;
        c += d;
        b = (b << 13 | b >>> 51) ^ a;
        d = (d << 16 | d >>> 48) ^ c;
        a = (a << 32 | a >>> 32) + d;
        c += b;
        b = (b << 17 | b >>> 47) ^ c;
        d = (d << 21 | d >>> 43) ^ a;
        c = c << 32 | c >>> 32;
      }
      a ^= next;
    }
    v0 = a;
    v1 = b;
    v2 = c;
    v3 = d;
    length += i - from;
    word = 0;
    return i;
  }

  /** Adds eight bytes, the lowest first. */
  public void add(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      add((int) (value >>> shift));
    }
  }

  /** Ends the input; the next byte begins another. */
  public void finish() {
    word |= length << 56;
    compress();
    v2 ^= 0xee;
    low = finalWord();
    v1 ^= 0xdd;
    high = finalWord();
    begin();
  }

  /** The first 8 bytes of the last finished hash, the lowest first. */
  public long low() {
    return low;
  }

  /** Its other 8 bytes. */
  public long high() {
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
