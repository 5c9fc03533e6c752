package io.crsql.engine.value;

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
