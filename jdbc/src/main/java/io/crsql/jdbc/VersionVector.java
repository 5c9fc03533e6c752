package io.crsql.jdbc;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a database holds, as it tells others that they may send what it lacks: {@code
 * crsql_version_vector()}. The bytes are specified in docs/changeset-format.md; {@link
 * Replica#sites} shows what they say.
 *
 * @param bytes the vector as the engine encodes it; empty: nothing is held
 */
public record VersionVector(byte[] bytes) {
  /** That of one who holds nothing. */
  public static final VersionVector EMPTY = new VersionVector(new byte[0]);

  /** A vector of these bytes, which are copied, and looked at by the engine only. */
  public VersionVector {
    bytes = bytes.clone();
  }

  /** A copy of the bytes. */
  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector vector && Arrays.equals(bytes, vector.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
