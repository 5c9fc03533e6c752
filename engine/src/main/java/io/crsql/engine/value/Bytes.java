package io.crsql.engine.value;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.Utf8;
import io.crsql.sqlite.Values;

/** A growing byte string, and the order of byte strings. */
public final class Bytes {
  private byte[] data = new byte[64];
  private int size;

  /** Compares as unsigned bytes, a prefix first: the order of SQLite's blobs. */
  public static int compare(byte[] a, byte[] b) {
    int n = Math.min(a.length, b.length);
    for (int i = 0; i < n; i++) {
      int d = (a[i] & 0xff) - (b[i] & 0xff);
      if (d != 0) {
        return d;
      }
    }
    return a.length - b.length;
  }

  /** Appends one byte. */
  public Bytes add(int b) {
    reserve(1);
    data[size++] = (byte) b;
    return this;
  }

  /** Appends bytes. */
  public Bytes add(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, data, size, more.length);
    size += more.length;
    return this;
  }

  /** Appends characters, all of them ASCII. */
  public Bytes add(String ascii) {
    int n = ascii.length();
    reserve(n);
    for (int i = 0; i < n; i++) {
      data[size++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  /** Appends an unsigned integer: seven bits a byte, lowest first, the high bit if more follow. */
  public Bytes varint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      data[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    data[size++] = (byte) rest;
    return this;
  }

  /** Appends a signed integer as a varint, those near 0 being short. */
  public Bytes signed(long value) {
    return varint(value << 1 ^ value >> 63);
  }

  /** Appends eight bytes, the highest first. */
  public Bytes fixed(long value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      add((int) (value >>> shift));
    }
    return this;
  }

  /** Appends a SipHash, under a key of zeros, of what is there so far. */
  public Bytes check() {
    SipHash hash = new SipHash(0, 0);
    hash.add(data, size);
    hash.finish();
    return fixed(Long.reverseBytes(hash.low())).fixed(Long.reverseBytes(hash.high()));
  }

  /**
   * Appends a text as a string literal, if it can be one as it is: of ASCII without NULs and
   * quotes.
   *
   * @return false if it cannot; nothing is then appended
   */
  boolean plainLiteral(Values from, int i) {
    int n = from.copyBytes(i, data, size + 1);
    if (n > data.length - size - 2) {
      reserve(n + 2);
      from.copyBytes(i, data, size + 1);
    }
    byte[] text = data;
    int end = size + 1 + n;
    for (int at = size + 1; at < end; at++) {
      if (text[at] <= 0 || text[at] == '\'') {
        return false;
      }
    }
    text[size] = '\'';
    text[end] = '\'';
    size = end + 1;
    return true;
  }

  /** Gives the bytes as a blob. */
  public void giveBlob(Result result) {
    result.setBlob(data, size);
  }

  /** Gives the bytes as text. */
  void give(Result result) {
    result.setTextBytes(data, size);
  }

  /**
   * Appends the bytes of a text or blob behind a varint that tells their number: twice that, plus
   * {@code base}.
   */
  public Bytes sized(Values from, int i, int base) {
    // A varint of one byte nearly always does.
    reserve(1);
    int n = from.copyBytes(i, data, size + 1);
    long tag = base + 2L * n;
    if (tag < 0x80 && n < data.length - size) {
      data[size] = (byte) tag;
      size += n + 1;
      return this;
    }
    varint(tag);
    reserve(n);
    from.copyBytes(i, data, size);
    size += n;
    return this;
  }

  /** Appends what another one holds. */
  public Bytes add(Bytes other) {
    reserve(other.size);
    System.arraycopy(other.data, 0, data, size, other.size);
    size += other.size;
    return this;
  }

  /** Appends a text in UTF-8 behind a varint that tells the number of its bytes. */
  public Bytes text(String text) {
    byte[] utf8 = Utf8.encode(text);
    return varint(utf8.length).add(utf8);
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    byte[] out = new byte[size];
    System.arraycopy(data, 0, out, 0, size);
    return out;
  }

  /** Forgets the bytes. */
  public Bytes clear() {
    size = 0;
    return this;
  }

  private void reserve(int more) {
    if (more > data.length - size) {
      byte[] bigger = new byte[Math.max(data.length * 2, size + more)];
      System.arraycopy(data, 0, bigger, 0, size);
      data = bigger;
    }
  }
}
