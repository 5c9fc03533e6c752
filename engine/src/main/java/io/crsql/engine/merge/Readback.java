package io.crsql.engine.merge;

import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;

/**
 * Looks at rows of the user's table, and finds which of their columns are not what a merge alone
 * would have left.
 */
final class Readback {
  private final Log log;
  private final Crr crr;
  private final String where;
  private Stmt read;
  private Stmt compare;
  private Stmt exists;
  private Stmt spelled;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  Readback(Log log, String table) {
    this.log = log;
    this.crr = log.crr;
    this.where = " FROM " + table + " WHERE " + crr.keyIs(1);
  }

  /** Whether there is such a row. */
  boolean exists(Key key) {
    if (exists == null) {
      exists = log.prepare("SELECT 1" + where);
    }
    return gives(exists, key);
  }

  /** Whether there is such a row, whose key has other bytes. */
  boolean isSpelledOtherwise(Key key) {
    if (spelled == null) {
      spelled = log.prepare("SELECT 1" + where + " AND (" + crr.keyDiffers(1) + ")");
    }
    return gives(spelled, key);
  }

  private static boolean gives(Stmt stmt, Key key) {
    try {
      key.bind(stmt, 1);
      return stmt.step();
    } finally {
      stmt.reset();
    }
  }

  /** The row; null if there is no such row. */
  Held.Row read(Key key) {
    if (read == null) {
      StringBuilder columns = new StringBuilder(crr.keyNames());
      for (int slot = 0; slot < crr.slots(); slot++) {
        if (crr.column(slot) != null) {
          columns.append(", ").append(crr.column(slot).quoted());
        }
      }
      read = log.prepare("SELECT " + columns + where);
    }
    try {
      key.bind(read, 1);
      if (!read.step()) {
        return null;
      }
      Value[] values = new Value[crr.slots()];
      for (int slot = 0; slot < values.length; slot++) {
        int ordinal = crr.ordinal(slot);
        values[slot] = ordinal < 0 ? Value.NULL : Value.of(read, crr.keyColumns() + ordinal);
      }
      return new Held.Row(Value.row(read, 0, crr.keyColumns()), values);
    } finally {
      read.reset();
    }
  }

  /**
   * Compares the row with what it should be.
   *
   * @param expected the values by slot; null in the place of a constant default
   * @return the key as the table spells it and behind it, by {@link Crr#ordinal}, 1 where the
   *     column differs; null if there is no such row
   */
  Value[] compare(Key key, Value[] expected) {
    if (compare == null) {
      compare = log.prepare("SELECT " + crr.keyNames() + differences() + where);
    }
    try {
      key.bind(compare, 1);
      int first = crr.keyColumns() + 1;
      for (int slot = 0; slot < expected.length; slot++) {
        if (crr.column(slot) != null) {
          compare.bindLong(first + 2 * slot, expected[slot] == null ? 0 : 1);
          (expected[slot] == null ? Value.NULL : expected[slot])
              .bind(compare, first + 2 * slot + 1);
        }
      }
      if (!compare.step()) {
        return null;
      }
      return Value.row(compare, 0, compare.count());
    } finally {
      compare.reset();
      compare.clearBindings();
    }
  }

  private StringBuilder differences() {
    StringBuilder differences = new StringBuilder();
    int first = crr.keyColumns() + 1;
    for (int slot = 0; slot < crr.slots(); slot++) {
      Column column = crr.column(slot);
      if (column != null) {
        String given = "?" + (first + 2 * slot);
        String value = "?" + (first + 2 * slot + 1);
        String expected =
            "(CASE WHEN "
                + given
                + " THEN "
                + value
                + " ELSE "
                + column.constantDefault()
                + " END)";
        differences.append(", ").append(column.differs(column.quoted(), expected));
      }
    }
    return differences;
  }
}
