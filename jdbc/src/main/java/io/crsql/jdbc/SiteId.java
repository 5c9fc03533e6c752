package io.crsql.jdbc;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 16 bytes that identify a database among those it exchanges changes with.
 *
 * @param bytes the 16 bytes
 */
public record SiteId(byte[] bytes) implements Comparable<SiteId> {
  private static final int LENGTH = 16;

  /**
   * A site of these bytes, which are copied.
   *
   * @throws IllegalArgumentException if they are not 16
   */
  public SiteId {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a site id has 16 bytes, not " + bytes.length);
    }
    bytes = bytes.clone();
  }

  /**
   * A site by its {@link #toString()}, in any case.
   *
   * @throws IllegalArgumentException if it is not 32 hexadecimal digits
   */
  public static SiteId of(String hex) {
    return new SiteId(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 16 bytes. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** As merges order sites that wrote the same version: byte by byte, unsigned. */
  @Override
  public int compareTo(SiteId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteId site && Arrays.equals(bytes, site.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 32 hexadecimal digits, in lower case. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
