package io.crsql.engine.merge;

import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;

/** Inserts a row with all its columns at once, those without a value having their defaults. */
final class WholeRow {
  private final Crr crr;
  private final Stmt insert;
  private final Value[] defaults;

  /** Prepares the statements, which are finalised with the log. */
  WholeRow(Log log, String table) {
    this.crr = log.crr;
    StringBuilder names = new StringBuilder(crr.keyNames());
    StringBuilder params = new StringBuilder(crr.keyParams(1));
    StringBuilder constants = new StringBuilder();
    for (int slot = 0; slot < crr.slots(); slot++) {
      Column column = crr.column(slot);
      if (column != null) {
        constants.append(constants.length() == 0 ? "" : ", ").append(column.constantDefault());
        names.append(", ").append(column.quoted());
        params.append(", ?").append(param(slot));
      }
    }
    insert =
        log.prepare(
            "INSERT "
                + CellWriter.conflict(crr)
                + "INTO "
                + table
                + "("
                + names
                + ") VALUES("
                + params
                + ")");
    Stmt read = log.prepare("SELECT " + (constants.length() == 0 ? "NULL" : constants));
    read.step();
    defaults = Value.row(read, 0, read.count());
    read.reset();
  }

  private int param(int slot) {
    return crr.keyColumns() + 1 + slot;
  }

  /** Inserts the row. */
  void insert(Held.Row row) {
    try {
      Key.of(row.key()).bind(insert, 1);
      for (int slot = 0; slot < crr.slots(); slot++) {
        if (crr.column(slot) != null) {
          Value value = row.values()[slot];
          (value == null ? defaults[crr.ordinal(slot)] : value).bind(insert, param(slot));
        }
      }
      insert.step();
    } finally {
      insert.reset();
    }
  }
}
