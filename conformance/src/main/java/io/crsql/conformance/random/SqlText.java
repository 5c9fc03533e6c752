package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Literal;
import io.crsql.conformance.model.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement that is put together from SQL and values. Values are parameters, so that a host
 * prepares few statements.
 */
final class SqlText {
  private final StringBuilder sql = new StringBuilder();
  private final StringBuilder readable = new StringBuilder();
  private final List<Object> params = new ArrayList<>();

  SqlText add(String text) {
    sql.append(text);
    readable.append(text);
    return this;
  }

  SqlText value(Object value) {
    readable.append(Literal.of(value));
    if (!(value instanceof Text text)) {
      sql.append('?');
      params.add(value);
      return this;
    }
    String string = text.string();
    sql.append(string == null ? "CAST(? AS TEXT)" : "?");
    params.add(string == null ? Blob.of(text.bytes()) : string);
    return this;
  }

  /** The values, separated by commas. */
  SqlText values(List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      add(i == 0 ? "" : ", ").value(values.get(i));
    }
    return this;
  }

  String sql() {
    return sql.toString();
  }

  Object[] params() {
    return params.toArray();
  }

  /** The statement with literals. */
  @Override
  public String toString() {
    return readable.toString();
  }
}
