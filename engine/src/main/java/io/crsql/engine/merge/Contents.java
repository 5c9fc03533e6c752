package io.crsql.engine.merge;

import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;

/**
 * Compares what a change brings with what is there under the same stamp: the values, and then the
 * spelling of the key. They differ if two files write as one site.
 */
final class Contents {
  private static final int KEPT = 64;

  private final Log log;
  private final Crr crr;
  private final String table;
  private final ColumnSets comparisons;

  /** The cells of a change that are greater than those that are there, and those that are less. */
  record Order(long greater, long less) {
    static final Order SAME = new Order(0, 0);
  }

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  Contents(Log log, String table) {
    this.log = log;
    this.crr = log.crr;
    this.table = table;
    this.comparisons = new ColumnSets(log, Math.max(KEPT, crr.ticks), this::comparison);
  }

  /**
   * Compares cells of a change, or a deletion, which counts as one in bit 0.
   *
   * @param bits which cells
   * @param at the entry that is there
   */
  Order compare(Change change, long bits, long at) {
    Order order = change.isDeletion() ? Order.SAME : compareValues(change.only(bits));
    long same = bits & ~(order.greater | order.less);
    if (same == 0 || !crr.spellsKeys) {
      return order;
    }
    int spelling = compareSpelling(change.key(), log.spelling(at));
    return spelling == 0
        ? order
        : new Order(
            order.greater | (spelling > 0 ? same : 0), order.less | (spelling < 0 ? same : 0));
  }

  private static int compareSpelling(Value[] key, Value[] present) {
    int order = 0;
    for (int i = 0; i < present.length && order == 0; i++) {
      order = Value.compare(key[i], present[i]);
    }
    return order;
  }

  private Order compareValues(Change change) {
    if (!change.setsColumns()) {
      return Order.SAME;
    }
    Key key = Key.of(change.key());
    Stmt row = comparisons.get(change.group(), change.cols());
    try {
      key.bind(row, 1);
      for (int i = 0; i < change.values().length; i++) {
        change.values()[i].bind(row, crr.keyColumns() + 1 + i);
      }
      if (row.step()) {
        long differing = row.getLong(0);
        return differing == 0 ? Order.SAME : order(change, differing, row);
      }
    } finally {
      row.reset();
    }
    Held.Row held = log.held().find(key);
    return held == null ? Order.SAME : order(change, held.values());
  }

  /** The order of cells that the table would make differ from those of {@code row}. */
  private static Order order(Change change, long differing, Stmt row) {
    long greater = 0;
    long less = 0;
    int i = 0;
    for (long rest = change.cols(); rest != 0; rest &= rest - 1) {
      long bit = rest & -rest;
      if ((differing & bit) != 0) {
        int order = Value.compare(change.values()[i], Value.of(row, i + 1));
        greater |= order > 0 ? bit : 0;
        less |= order < 0 ? bit : 0;
      }
      i++;
    }
    return new Order(greater, less);
  }

  /** The order of cells and the values of a held row, by slot. */
  private static Order order(Change change, Value[] held) {
    long greater = 0;
    long less = 0;
    int i = 0;
    for (long rest = change.cols(); rest != 0; rest &= rest - 1) {
      Value present = held[change.slot(Long.numberOfTrailingZeros(rest))];
      int order = present == null ? 0 : Value.compare(change.values()[i], present);
      greater |= order > 0 ? rest & -rest : 0;
      less |= order < 0 ? rest & -rest : 0;
      i++;
    }
    return new Order(greater, less);
  }

  /**
   * A query of the bits of the columns that the table would make another value of, and of the
   * present values, one for each bit of the set.
   */
  private String comparison(int group, long cols) {
    StringBuilder differs = new StringBuilder("0");
    StringBuilder values = new StringBuilder();
    int param = crr.keyColumns() + 1;
    for (long rest = cols; rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      Column column = crr.column(group * Crr.GROUP + bit);
      if (column == null) {
        values.append(", NULL");
      } else {
        String differs1 = column.differs(column.quoted(), "?" + param);
        differs.append(" | ((").append(differs1).append(") << ").append(bit).append(')');
        values.append(", ").append(column.quoted());
      }
      param++;
    }
    return "SELECT " + differs + values + " FROM " + table + " WHERE " + crr.keyIs(1);
  }
}
