package io.crsql.engine.merge;

import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;

/**
 * Compares what a change brings with what is there under the same stamp: the value, and then the
 * spelling of the key. They differ if two files write as one site.
 */
final class Contents {
  private final Log log;
  private final Crr crr;
  private final String table;
  private final Stmt[] values;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  Contents(Log log, String table) {
    this.log = log;
    this.crr = log.crr;
    this.table = table;
    this.values = new Stmt[crr.ticks];
  }

  /**
   * Compares a change.
   *
   * @param at the entry that is there
   * @return below 0, 0 or above 0, as the change is less, the same or greater
   */
  int compare(Change change, long at) {
    Column column = change.isDeletion() ? null : crr.column(change.slot());
    int order = column == null ? 0 : compareValue(change, column);
    if (order == 0 && crr.spellsKeys) {
      Value[] present = log.spelling(at);
      for (int i = 0; i < present.length && order == 0; i++) {
        order = Value.compare(change.key()[i], present[i]);
      }
    }
    return order;
  }

  private int compareValue(Change change, Column column) {
    Key key = Key.of(change.key());
    Stmt present = value(column);
    try {
      change.value().bind(present, 1);
      key.bind(present, 2);
      if (present.step()) {
        boolean differs = present.getLong(1) != 0;
        return differs ? Value.compare(change.value(), Value.of(present, 0)) : 0;
      }
    } finally {
      present.reset();
    }
    Held.Row held = log.held().find(key);
    Value value = held == null ? null : held.values()[column.slot];
    return value == null ? 0 : Value.compare(change.value(), value);
  }

  /** The present value, and whether the table would make another one of {@code ?1}. */
  private Stmt value(Column column) {
    if (values[column.slot] == null) {
      String name = column.quoted();
      String differs = column.differs(name, "?1");
      values[column.slot] =
          log.prepare(
              "SELECT " + name + ", " + differs + " FROM " + table + " WHERE " + crr.keyIs(2));
    }
    return values[column.slot];
  }
}
