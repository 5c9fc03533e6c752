package io.crsql.engine.merge;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.Stmt;
import java.util.Arrays;

/**
 * The statements that write one merged cell of a row: parameter 1 is its value, then comes the
 * row's key, and then, where a statement serves all columns, the slot.
 *
 * <p>Every UPDATE of a table holds a copy of its capture trigger, which looks at every column. One
 * for each column would take gigabytes for the widest tables.
 */
final class CellWriter {
  /** How many columns' captures the UPDATE statements may hold, at some 2 KB each. */
  private static final int HELD_COLUMNS = 1 << 15;

  private final Log log;
  private final Crr crr;
  private final String table;

  /**
   * Whether an UPDATE names only the column that it changes: triggers of the user's may ask for
   * that, and it is faster.
   */
  private final boolean namesColumn;

  private final Stmt[] updates;
  private final Stmt[] resets = new Stmt[2];
  private int prepared;
  private Stmt insert;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  CellWriter(Log log, String table) {
    this.log = log;
    this.crr = log.crr;
    this.table = table;
    this.namesColumn = crr.groups() == 1 || crr.userTriggers;
    this.updates = new Stmt[namesColumn ? 2 * crr.ticks + 2 : 2];
  }

  /**
   * What keeps a conflict clause of the table's own from settling a merge. It would reach into the
   * user's triggers, so a table that has some goes without.
   */
  static String conflict(Crr crr) {
    return crr.userTriggers ? "" : "OR ABORT ";
  }

  /** Inserts the row with the cell, the other columns having their constant defaults. */
  void insert(Change change, Key key) {
    if (insert == null) {
      StringBuilder names = new StringBuilder(crr.keyNames());
      StringBuilder values = new StringBuilder(crr.keyParams(2));
      for (int slot = 0; slot < crr.slots(); slot++) {
        Column column = crr.column(slot);
        if (column != null) {
          names.append(", ").append(column.quoted());
          values.append(", ").append(cellOr(slot, column.constantDefault()));
        }
      }
      insert =
          log.prepare(
              "INSERT "
                  + conflict(crr)
                  + "INTO "
                  + table
                  + "("
                  + names
                  + ") VALUES("
                  + values
                  + ")");
    }
    run(insert, change, key, crr.hasColumns());
  }

  /**
   * Makes a live row what {@link #insert} would make it: one statement, so that it is refused whole
   * or not at all.
   */
  void reset(Change change, Key key, boolean respell) {
    int i = respell ? 1 : 0;
    if (resets[i] == null) {
      StringBuilder set = new StringBuilder();
      for (int slot = 0; slot < crr.slots(); slot++) {
        Column column = crr.column(slot);
        if (column != null) {
          assign(set, column, cellOr(slot, column.constantDefault()));
        }
      }
      resets[i] = prepareUpdate(set, respell);
    }
    run(resets[i], change, key, crr.hasColumns());
  }

  /** Sets the cell in a live row, which is a mere touch if it has no column. */
  void update(Change change, Key key, boolean respell) {
    int i = (namesColumn ? 2 * place(change.slot()) : 0) + (respell ? 1 : 0);
    if (updates[i] == null) {
      discardTooMany();
      updates[i] = prepareUpdate(namesColumn ? one(change.slot()) : all(), respell);
    }
    run(updates[i], change, key, !namesColumn && crr.hasColumns());
  }

  /** Where the statement about a slot is kept: all that are about no column are the same. */
  private int place(int slot) {
    return crr.column(slot) == null ? crr.ticks : slot;
  }

  private void discardTooMany() {
    if (++prepared * crr.ticks > HELD_COLUMNS) {
      for (Stmt stmt : updates) {
        log.discard(stmt);
      }
      Arrays.fill(updates, null);
      prepared = 1;
    }
  }

  private StringBuilder one(int slot) {
    StringBuilder set = new StringBuilder();
    if (crr.column(slot) != null) {
      assign(set, crr.column(slot), "?1");
    }
    return set;
  }

  private StringBuilder all() {
    StringBuilder set = new StringBuilder();
    for (int slot = 0; slot < crr.slots(); slot++) {
      Column column = crr.column(slot);
      if (column != null) {
        assign(set, column, cellOr(slot, column.quoted()));
      }
    }
    return set;
  }

  private static void assign(StringBuilder set, Column column, String value) {
    set.append(set.length() == 0 ? "" : ", ").append(column.quoted()).append(" = ").append(value);
  }

  private String cellOr(int slot, String otherwise) {
    return "CASE ?" + slotParam() + " WHEN " + slot + " THEN ?1 ELSE " + otherwise + " END";
  }

  private int slotParam() {
    return crr.keyColumns() + 2;
  }

  private Stmt prepareUpdate(StringBuilder set, boolean respell) {
    if (respell) {
      for (int i = 0; i < crr.keyColumns(); i++) {
        set.append(set.length() == 0 ? "" : ", ").append(crr.keyName(i)).append(" = ?");
        set.append(i + 2);
      }
    } else if (set.length() == 0) {
      set.append(crr.keyName(0)).append(" = ").append(crr.keyName(0));
    }
    return log.prepare(
        "UPDATE " + conflict(crr) + table + " SET " + set + " WHERE " + crr.keyIs(2));
  }

  private void run(Stmt stmt, Change change, Key key, boolean forAnySlot) {
    try {
      change.value().bind(stmt, 1);
      key.bind(stmt, 2);
      if (forAnySlot) {
        stmt.bindLong(slotParam(), change.slot());
      }
      stmt.step();
    } finally {
      stmt.reset();
    }
  }
}
