package io.crsql.sync;

import java.util.Arrays;

/** SHA-256 (FIPS 180-4), for TeaVM's library has none. */
final class Sha256 {
  private static final int BLOCK = 64;
  private static final int ROUNDS = 64;

  /** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
  private static final int[] K = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
  };

  /** Of the square roots of the first 8. */
  private final int[] state = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  private Sha256() {}

  /** The 32 bytes of a message's digest. */
  static byte[] of(byte[] message) {
    Sha256 sha = new Sha256();
    byte[] padded = padded(message);
    for (int at = 0; at < padded.length; at += BLOCK) {
      sha.block(padded, at);
    }
    byte[] digest = new byte[4 * sha.state.length];
    for (int i = 0; i < sha.state.length; i++) {
      put(sha.state[i], digest, 4 * i);
    }
    return digest;
  }

  /** A one, zeroes to the end of a block, and in that the number of bits. */
  private static byte[] padded(byte[] message) {
    int blocks = (message.length + 1 + 8 + BLOCK - 1) / BLOCK;
    byte[] padded = Arrays.copyOf(message, blocks * BLOCK);
    padded[message.length] = (byte) 0x80;
    put(message.length >>> 29, padded, padded.length - 8);
    put(message.length << 3, padded, padded.length - 4);
    return padded;
  }

  private void block(byte[] message, int at) {
    int[] w = new int[ROUNDS];
    for (int i = 0; i < 16; i++) {
      w[i] = get(message, at + 4 * i);
    }
    for (int i = 16; i < ROUNDS; i++) {
      int s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >>> 3;
      int s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >>> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    int[] v = state.clone();
    for (int i = 0; i < ROUNDS; i++) {
      int s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
      int t1 = v[7] + s1 + (v[4] & v[5] ^ ~v[4] & v[6]) + K[i] + w[i];
      int s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
      int t2 = s0 + (v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]);
      System.arraycopy(v, 0, v, 1, 7);
      v[4] += t1;
      v[0] = t1 + t2;
    }
    for (int i = 0; i < state.length; i++) {
      state[i] += v[i];
    }
  }

  private static int turn(int value, int right) {
    return value >>> right | value << -right;
  }

  private static int get(byte[] from, int at) {
    return from[at] << 24
        | (from[at + 1] & 0xff) << 16
        | (from[at + 2] & 0xff) << 8
        | from[at + 3] & 0xff;
  }

  private static void put(int value, byte[] to, int at) {
    to[at] = (byte) (value >>> 24);
    to[at + 1] = (byte) (value >>> 16);
    to[at + 2] = (byte) (value >>> 8);
    to[at + 3] = (byte) value;
  }
}
