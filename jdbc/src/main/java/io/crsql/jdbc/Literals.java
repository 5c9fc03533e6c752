package io.crsql.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Reads the literals under "Values" in docs/changes.md, which {@code crsql_changes} shows. */
final class Literals {
  private static final String CAST = "CAST(";
  private static final String AS_TEXT = " AS TEXT)";

  private final String text;
  private int at;

  private Literals(String text) {
    this.text = text;
  }

  /** The values of a key: Long, Double, String or byte[]. */
  static List<Object> key(Object pk) {
    return pk instanceof String text ? new Literals(text).all() : List.of(pk);
  }

  /** A value that is no NULL, in the same way. */
  static Object value(Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    Literals literals = new Literals(text);
    Object read = literals.next();
    if (literals.at != text.length()) {
      throw literals.unreadable();
    }
    return read;
  }

  private List<Object> all() {
    List<Object> values = new ArrayList<>();
    do {
      values.add(next());
    } while (take("|"));
    if (at != text.length()) {
      throw unreadable();
    }
    return Collections.unmodifiableList(values);
  }

  private Object next() {
    if (take("'")) {
      return quoted();
    }
    if (take("X'")) {
      return blob();
    }
    if (!take(CAST + "X'")) {
      return number();
    }
    byte[] bytes = blob();
    if (!take(AS_TEXT)) {
      throw unreadable();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    while (true) {
      int quote = text.indexOf('\'', at);
      if (quote < 0) {
        throw unreadable();
      }
      value.append(text, at, quote);
      at = quote + 1;
      if (!take("'")) {
        return value.toString();
      }
      value.append('\'');
    }
  }

  private byte[] blob() {
    int quote = text.indexOf('\'', at);
    if (quote < 0) {
      throw unreadable();
    }
    byte[] bytes = HexFormat.of().parseHex(text, at, quote);
    at = quote + 1;
    return bytes;
  }

  private Object number() {
    int bar = text.indexOf('|', at);
    String number = text.substring(at, bar < 0 ? text.length() : bar);
    at += number.length();
    boolean real = number.contains(".") || number.contains("e");
    return real ? (Object) Double.valueOf(number) : (Object) Long.valueOf(number);
  }

  private boolean take(String expected) {
    boolean here = text.startsWith(expected, at);
    at += here ? expected.length() : 0;
    return here;
  }

  private IllegalArgumentException unreadable() {
    return new IllegalArgumentException("no literal of crsql's at character " + at + ": " + text);
  }
}
