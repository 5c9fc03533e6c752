package io.crsql.conformance.random;

import io.crsql.conformance.model.Shape;

/**
 * What a SET clause does to one column.
 *
 * @param column the column's index in its table
 * @param kind from what it is computed
 * @param value the value before it is stored; it does not matter for {@link Kind#EXCLUDED}
 */
record Assignment(int column, Kind kind, Object value) {
  enum Kind {
    VALUE,
    /** The value and the column's own, added. */
    SUM,
    /** The value, and the column's own taken away from it. */
    DIFFERENCE,
    /** The column's value in the row that an upsert would have inserted. */
    EXCLUDED
  }

  static Assignment of(int column, Object value) {
    return new Assignment(column, Kind.VALUE, value);
  }

  /** Appends what is assigned. */
  void append(SqlText sql, Shape table) {
    String name = table.columns().get(column).name();
    switch (kind) {
      case VALUE -> sql.value(value);
      case SUM -> sql.value(value).add(" + " + name);
      case DIFFERENCE -> sql.value(value).add(" - " + name);
      default -> sql.add("excluded." + name);
    }
  }

  /** What the column then has, or {@link Unfit#VALUE}. */
  Object stored(Storage storage, Shape table, Object before, Object excluded) {
    String type = table.columns().get(column).type();
    return switch (kind) {
      case VALUE -> storage.stored(type, table.strict(), value);
      case SUM -> storage.computed(type, table.strict(), value, " + ", before);
      case DIFFERENCE -> storage.computed(type, table.strict(), value, " - ", before);
      default -> excluded;
    };
  }
}
