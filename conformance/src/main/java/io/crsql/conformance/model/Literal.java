package io.crsql.conformance.model;

import io.crsql.conformance.Blob;
import java.util.List;
import java.util.stream.Collectors;

/** Values as SQL literals. A value is null, Long, Double, {@link Text} or {@link Blob}. */
public final class Literal {
  private Literal() {}

  /** The literal. */
  public static String of(Object value) {
    if (value instanceof Text text) {
      String string = text.string();
      return string == null
          ? "CAST(" + Blob.of(text.bytes()) + " AS TEXT)"
          : "'" + string.replace("'", "''") + "'";
    } else if (value instanceof Double number && number.isInfinite()) {
      return number > 0 ? "9e999" : "-9e999";
    }
    return value == null ? "NULL" : value.toString();
  }

  /** The literals, separated by commas. */
  public static String list(List<Object> values) {
    return values.stream().map(Literal::of).collect(Collectors.joining(", "));
  }
}
