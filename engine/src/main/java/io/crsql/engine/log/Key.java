package io.crsql.engine.log;

import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;

/** The values of a row's key, wherever they stand. */
public interface Key {
  /** Binds them to the parameters {@code first}, {@code first} + 1, ... */
  void bind(Stmt stmt, int first);

  /**
   * The key in the {@code count} values from {@code at} on of a row; valid as long as the row is.
   */
  static Key of(Values row, int at, int count) {
    return (stmt, first) -> {
      for (int i = 0; i < count; i++) {
        stmt.bindValue(first + i, row, at + i);
      }
    };
  }

  /** The key of these values. */
  static Key of(Value[] values) {
    return (stmt, first) -> {
      for (int i = 0; i < values.length; i++) {
        values[i].bind(stmt, first + i);
      }
    };
  }
}
