package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads literals joined by {@code |}, as crsql_changes writes them. */
final class LiteralReader {
  private final String in;
  private int at;

  private LiteralReader(String in) {
    this.in = in;
  }

  /** Reads all. */
  static List<Object> read(String in) {
    LiteralReader reader = new LiteralReader(in);
    List<Object> values = new ArrayList<>();
    values.add(reader.literal());
    while (reader.at < in.length()) {
      reader.expect("|");
      values.add(reader.literal());
    }
    return values;
  }

  private Object literal() {
    if (in.startsWith("CAST(", at)) {
      at += 5;
      Blob bytes = blob();
      expect(" AS TEXT)");
      return Text.of(bytes.bytes());
    } else if (in.startsWith("X'", at)) {
      return blob();
    } else if (in.startsWith("'", at)) {
      return text();
    } else if (in.startsWith("NULL", at)) {
      at += 4;
      return null;
    }
    return number();
  }

  private void expect(String next) {
    if (!in.startsWith(next, at)) {
      throw new Discrepancy("literal", next + " is missing at " + at + " of " + in);
    }
    at += next.length();
  }

  private Blob blob() {
    expect("X'");
    int end = in.indexOf('\'', at);
    Blob blob = new Blob(in.substring(at, end));
    at = end + 1;
    return blob;
  }

  private Text text() {
    StringBuilder out = new StringBuilder();
    expect("'");
    while (!in.startsWith("'", at) || in.startsWith("''", at)) {
      out.append(in.charAt(at));
      at += in.startsWith("''", at) ? 2 : 1;
    }
    expect("'");
    return Text.of(out.toString());
  }

  private Object number() {
    int end = in.indexOf('|', at) < 0 ? in.length() : in.indexOf('|', at);
    String number = in.substring(at, end);
    at = end;
    boolean integer = number.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
    if (integer) {
      return Long.valueOf(number);
    }
    return Double.valueOf(number);
  }
}
