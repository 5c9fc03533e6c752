package io.crsql.conformance.random;

import io.crsql.conformance.model.Collation;
import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Identity;
import io.crsql.conformance.model.Literal;
import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import java.util.List;
import java.util.Objects;

/**
 * Which rows an UPDATE or DELETE meets.
 *
 * @param key the row with this key, as stored: SQLite converts a value that is compared otherwise
 *     than one that is stored; null for more than one row
 * @param column the column that differs from {@code value}; -1 for all rows
 * @param value the value
 */
record Where(List<Object> key, int column, Object value) {
  static final Where ALL = new Where(null, -1, null);

  static Where key(List<Object> key) {
    return new Where(key, -1, null);
  }

  static Where differs(int column, Object value) {
    return new Where(null, column, value);
  }

  /** The rows, in the order in which they are met. */
  List<RowId> rows(Peer peer, Shape table) {
    if (key != null) {
      return List.of(table.row(key));
    }
    SqlText where = new SqlText();
    append(where, table);
    return peer.scan(table, where.sql(), where.params()).stream()
        .map(row -> table.row(table.keyOf(row)))
        .toList();
  }

  /** Appends the clause. */
  void append(SqlText sql, Shape table) {
    if (key != null) {
      sql.add(" WHERE ");
      for (int i = 0; i < key.size(); i++) {
        Column part = table.key().get(i);
        sql.add(i == 0 ? "" : " AND ").add(part.name()).add(" = ").value(key.get(i));
      }
    } else if (column >= 0) {
      String name = table.name() + "." + table.columns().get(column).name();
      sql.add(" WHERE +" + name + " IS NOT ").value(value);
    }
  }

  /** Whether a row is met; for conditions on one column only. */
  boolean meets(Shape table, List<Object> row) {
    Collation collation = table.columns().get(column).collation();
    Object one = Identity.of(row.get(column), collation);
    return !Objects.equals(one, Identity.of(value, collation));
  }

  @Override
  public String toString() {
    if (key != null) {
      return "key = " + Literal.list(key);
    }
    return column < 0 ? "all" : "column " + column + " IS NOT " + Literal.of(value);
  }
}
