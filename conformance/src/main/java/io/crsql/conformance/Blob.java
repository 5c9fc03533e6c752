package io.crsql.conformance;

import java.util.HexFormat;

/** A blob as a value: its bytes in upper-case hexadecimal. */
public record Blob(String hex) {
  /** The blob with these bytes. */
  public static Blob of(byte... bytes) {
    return new Blob(HexFormat.of().withUpperCase().formatHex(bytes));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** The SQL literal. */
  @Override
  public String toString() {
    return "X'" + hex + "'";
  }
}
