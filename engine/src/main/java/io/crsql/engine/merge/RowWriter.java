package io.crsql.engine.merge;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;

/**
 * The statements that write a merged row: its key is their first parameters, values come behind it.
 *
 * <p>Every UPDATE of a table holds a copy of its capture trigger, which looks at every column. One
 * for each set of columns would take gigabytes for the widest tables.
 */
final class RowWriter {
  /** How many columns' captures the UPDATE statements of a kind may hold, at some 2 KB each. */
  private static final int HELD_COLUMNS = 1 << 14;

  private final Log log;
  private final Crr crr;
  private final String table;
  private final ColumnSets updates;
  private final ColumnSets respellings;
  private final Stmt[] resets = new Stmt[2];
  private final Stmt[] general = new Stmt[2];
  private Value[] defaults;
  private Stmt insert;
  private Stmt delete;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  RowWriter(Log log, String table) {
    this.log = log;
    this.crr = log.crr;
    this.table = table;
    int kept = capacity();
    this.updates = new ColumnSets(log, kept, (group, cols) -> update(some(group, cols), false));
    this.respellings = new ColumnSets(log, kept, (group, cols) -> update(some(group, cols), true));
  }

  /**
   * How many UPDATE statements name only the columns that they change: triggers of the user's may
   * ask for that, and it is faster.
   */
  private int capacity() {
    if (crr.groups() > 1 && !crr.userTriggers) {
      return 0;
    }
    return Math.max(1, Math.min(HELD_COLUMNS / crr.ticks, Math.max(64, crr.ticks + 1)));
  }

  /**
   * What keeps a conflict clause of the table's own from settling a merge. It would reach into the
   * user's triggers, so a table that has some goes without.
   */
  private String conflict() {
    return crr.userTriggers ? "" : "OR ABORT ";
  }

  /**
   * Inserts a row.
   *
   * @param values by slot; null stands for the column's constant default
   */
  void insert(Key key, Value[] values) {
    if (insert == null) {
      StringBuilder names = new StringBuilder(crr.keyNames());
      for (int slot = 0; slot < crr.slots(); slot++) {
        if (crr.column(slot) != null) {
          names.append(", ").append(crr.column(slot).quoted());
        }
      }
      insert =
          log.prepare(
              "INSERT "
                  + conflict()
                  + "INTO "
                  + table
                  + "("
                  + names
                  + ") VALUES("
                  + crr.keyParams(1)
                  + params()
                  + ")");
    }
    run(insert, key, values);
  }

  /**
   * Makes a live row what {@link #insert} would make it: one statement, so that it is refused whole
   * or not at all.
   */
  void reset(Key key, Value[] values, boolean respell) {
    int i = respell ? 1 : 0;
    if (resets[i] == null) {
      StringBuilder set = new StringBuilder();
      for (int slot = 0; slot < crr.slots(); slot++) {
        if (crr.column(slot) != null) {
          assign(set, crr.column(slot), "?" + param(crr.ordinal(slot)));
        }
      }
      resets[i] = log.prepare(update(set, respell));
    }
    run(resets[i], key, values);
  }

  /** Sets the change's cells in a live row, which is a mere touch if none of them has a column. */
  void update(Change change, Key key, boolean respell) {
    ColumnSets named = respell ? respellings : updates;
    Stmt stmt =
        crr.userTriggers
            ? named.get(change.group(), change.cols())
            : named.find(change.group(), change.cols());
    boolean names = stmt != null;
    stmt = names ? stmt : general(respell);
    try {
      key.bind(stmt, 1);
      int i = 0;
      int bound = 0;
      for (long rest = change.cols(); rest != 0; rest &= rest - 1) {
        int bit = Long.numberOfTrailingZeros(rest);
        if (crr.column(change.slot(bit)) != null) {
          change.values()[i].bind(stmt, names ? param(bound++) : param(2 + bit));
        }
        i++;
      }
      if (!names && crr.hasColumns()) {
        stmt.bindLong(param(0), change.group());
        stmt.bindLong(param(1), change.cols());
      }
      stmt.step();
    } finally {
      stmt.reset();
    }
  }

  /** Deletes the row. */
  void delete(Key key) {
    if (delete == null) {
      delete = log.prepare("DELETE FROM " + table + " WHERE " + crr.keyIs(1));
    }
    try {
      key.bind(delete, 1);
      delete.step();
    } finally {
      delete.reset();
    }
  }

  private int param(int i) {
    return crr.keyColumns() + 1 + i;
  }

  private String params() {
    StringBuilder params = new StringBuilder();
    for (int slot = 0; slot < crr.slots(); slot++) {
      if (crr.column(slot) != null) {
        params.append(", ?").append(param(crr.ordinal(slot)));
      }
    }
    return params.toString();
  }

  /** The assignments to the columns of a set. */
  private StringBuilder some(int group, long cols) {
    StringBuilder set = new StringBuilder();
    int bound = 0;
    for (long rest = cols; rest != 0; rest &= rest - 1) {
      Column column = crr.column(group * Crr.GROUP + Long.numberOfTrailingZeros(rest));
      if (column != null) {
        assign(set, column, "?" + param(bound++));
      }
    }
    return set;
  }

  /** The statement that serves every set. */
  private Stmt general(boolean respell) {
    int i = respell ? 1 : 0;
    if (general[i] == null) {
      StringBuilder set = new StringBuilder();
      for (int slot = 0; slot < crr.slots(); slot++) {
        Column column = crr.column(slot);
        if (column != null) {
          int bit = slot % Crr.GROUP;
          String given = "?" + param(0) + " = " + slot / Crr.GROUP + " AND ?" + param(1);
          String value = "?" + param(2 + bit);
          String cell = "CASE WHEN " + given + " & " + (1L << bit) + " THEN " + value;
          assign(set, column, cell + " ELSE " + column.quoted() + " END");
        }
      }
      general[i] = log.prepare(update(set, respell));
    }
    return general[i];
  }

  private static void assign(StringBuilder set, Column column, String value) {
    set.append(set.length() == 0 ? "" : ", ").append(column.quoted()).append(" = ").append(value);
  }

  private String update(StringBuilder set, boolean respell) {
    if (respell) {
      for (int i = 0; i < crr.keyColumns(); i++) {
        set.append(set.length() == 0 ? "" : ", ").append(crr.keyName(i)).append(" = ?");
        set.append(i + 1);
      }
    } else if (set.length() == 0) {
      set.append(crr.keyName(0)).append(" = ").append(crr.keyName(0));
    }
    return "UPDATE " + conflict() + table + " SET " + set + " WHERE " + crr.keyIs(1);
  }

  private void run(Stmt stmt, Key key, Value[] values) {
    try {
      key.bind(stmt, 1);
      for (int slot = 0; slot < crr.slots(); slot++) {
        if (crr.column(slot) != null) {
          int ordinal = crr.ordinal(slot);
          Value value = values[slot] == null ? defaults()[ordinal] : values[slot];
          value.bind(stmt, param(ordinal));
        }
      }
      stmt.step();
    } finally {
      stmt.reset();
    }
  }

  /** The columns' constant defaults, by their ordinals. */
  private Value[] defaults() {
    if (defaults == null) {
      StringBuilder constants = new StringBuilder();
      for (int slot = 0; slot < crr.slots(); slot++) {
        if (crr.column(slot) != null) {
          constants.append(constants.length() == 0 ? "" : ", ");
          constants.append(crr.column(slot).constantDefault());
        }
      }
      Stmt read = log.prepare("SELECT " + constants);
      read.step();
      defaults = Value.row(read, 0, read.count());
      log.discard(read);
    }
    return defaults;
  }
}
