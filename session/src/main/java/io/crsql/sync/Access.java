package io.crsql.sync;

/**
 * What a peer may do with a database.
 *
 * @param read receive changes
 * @param write send changes
 */
public record Access(boolean read, boolean write) {
  /** Both. */
  public static final Access FULL = new Access(true, true);

  /** Receive only. */
  public static final Access READ = new Access(true, false);

  /** Send only. */
  public static final Access WRITE = new Access(false, true);

  /** Neither. */
  public static final Access NONE = new Access(false, false);

  private static final int READ_BIT = 1;
  private static final int WRITE_BIT = 2;

  /** What both allow. */
  public Access and(Access other) {
    return new Access(read && other.read, write && other.write);
  }

  int bits() {
    return (read ? READ_BIT : 0) | (write ? WRITE_BIT : 0);
  }

  static Access ofBits(int bits) {
    if (bits < 0 || bits > (READ_BIT | WRITE_BIT)) {
      throw new ProtocolException("the access is " + bits);
    }
    return new Access((bits & READ_BIT) != 0, (bits & WRITE_BIT) != 0);
  }
}
