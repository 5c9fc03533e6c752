package io.crsql.fuzz;

import io.crsql.conformance.Blob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step of a fuzzed series, one a line: {@code !} and a letter is an action of {@code
 * actions.sql}; anything else a change, whose fields are separated by tabs and begin with their
 * storage class: {@code i}nteger, {@code r}eal, {@code t}ext, {@code b}lob, {@code s}ite (16 times
 * the next byte), otherwise NULL.
 *
 * @param line the bytes, as ISO 8859-1
 * @param action the action's number, for an action
 * @param fields the change's columns, hidden ones last; null for an action
 */
record Operation(String line, int action, Object[] fields) {
  static final int VERSION = 4;
  static final int SITE = 5;

  private static final int FIELDS = 8;
  private static final int LONGEST_SERIES = 60;

  static List<Operation> read(byte[] input) {
    List<Operation> operations = new ArrayList<>();
    for (String line : new String(input, StandardCharsets.ISO_8859_1).split("\n")) {
      if (operations.size() < LONGEST_SERIES && !line.isEmpty()) {
        operations.add(of(line));
      }
    }
    return operations;
  }

  boolean isChange() {
    return fields != null;
  }

  private static Operation of(String line) {
    if (line.length() == 2 && line.charAt(0) == '!') {
      return new Operation(line, line.charAt(1) - 'a', null);
    }
    Object[] fields = new Object[FIELDS];
    String[] given = line.split("\t", -1);
    for (int i = 0; i < FIELDS && i < given.length; i++) {
      fields[i] = given[i].isEmpty() ? null : field(given[i].charAt(0), given[i].substring(1));
    }
    return new Operation(line, 0, fields);
  }

  private static Object field(char type, String text) {
    switch (type) {
      case 'i':
        return number(text);
      case 'r':
        return real(text);
      case 't':
        return new Text(text.getBytes(StandardCharsets.ISO_8859_1));
      case 'b':
        return Blob.of(text.getBytes(StandardCharsets.ISO_8859_1));
      case 's':
        byte[] site = new byte[16];
        Arrays.fill(site, text.isEmpty() ? 0 : (byte) text.charAt(0));
        return Blob.of(site);
      default:
        return null;
    }
  }

  private static Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      return (long) text.hashCode();
    }
  }

  private static Double real(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return (double) text.hashCode() / 8;
    }
  }

  /** Text by its bytes, which need not be well-formed. */
  record Text(byte[] utf8) {}
}
