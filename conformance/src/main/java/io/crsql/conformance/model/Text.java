package io.crsql.conformance.model;

import java.nio.charset.StandardCharsets;

/**
 * Text as SQLite holds it: bytes, which need not be UTF-8 and may contain NUL.
 *
 * @param latin1 the bytes, each as the character of that number
 */
public record Text(String latin1) {
  /** The text of a string. */
  public static Text of(String string) {
    return of(string.getBytes(StandardCharsets.UTF_8));
  }

  /** The text with these bytes. */
  public static Text of(byte[] bytes) {
    return new Text(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The text as a string; null if a string would not give the bytes back, or stop at a NUL. */
  public String string() {
    String string = new String(bytes(), StandardCharsets.UTF_8);
    boolean faithful = latin1.indexOf('\0') < 0 && Text.of(string).equals(this);
    return faithful ? string : null;
  }

  /** The SQL literal. */
  @Override
  public String toString() {
    return Literal.of(this);
  }
}
