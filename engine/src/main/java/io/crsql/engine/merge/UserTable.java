package io.crsql.engine.merge;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.sqlite.Stmt;

/**
 * Writes merged changes to the user's table.
 *
 * <p>Capture is off meanwhile, so that a merge is not mistaken for a local write. Where the table
 * has triggers of the user's it stays on, because what they write is local; {@link Aftermath} then
 * tells the two apart.
 */
final class UserTable {
  private final Schema schema;
  private final Log log;
  private final Crr crr;
  private final Transaction transaction;
  private final String name;
  private final Stmt[] inserts;
  private final Stmt[] updates;
  private final Stmt[] resets;
  private Stmt delete;
  private Stmt exists;
  private Stmt spelled;
  private Readback readback;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  UserTable(Schema schema, Log log, Transaction transaction) {
    this.schema = schema;
    this.log = log;
    this.crr = log.crr;
    this.transaction = transaction;
    this.name = schema.of(Names.quote(crr.name));
    this.inserts = new Stmt[crr.ticks];
    this.updates = new Stmt[2 * crr.ticks];
    this.resets = new Stmt[2 * crr.ticks];
  }

  Log log() {
    return log;
  }

  /**
   * Brings the row to what it is with the change.
   *
   * @param row what the index says of it before
   * @param spells whether the change has the say in how the row's key is spelled
   * @return what is left to do once the change is in the index; null if nothing is
   */
  Aftermath write(Change change, Row row, boolean spells) {
    if (!crr.userTriggers) {
      transaction.merging(crr, () -> apply(change, row, spells));
      return null;
    }
    if (readback == null) {
      readback = new Readback(log, name);
    }
    Aftermath aftermath = new Aftermath(log, transaction, readback, change, row);
    transaction.merging(null, () -> apply(change, row, spells));
    return aftermath;
  }

  private void apply(Change change, Row row, boolean spells) {
    Key key = Key.of(change.key());
    if (change.isDeletion()) {
      if (row.alive()) {
        run(delete(), key, 1);
      }
      return;
    }
    boolean respell = spells && row.alive() && isSpelledOtherwise(key);
    if (!row.alive()) {
      insert(change, key);
    } else if (change.life() > row.life()) {
      write(reset(change.slot(), respell), change, key);
    } else if (respell || crr.column(change.slot()) != null) {
      write(update(change.slot(), respell), change, key);
    }
  }

  /** Changes a live row; one that is not there, because something got past the capture, is made. */
  private void write(Stmt stmt, Change change, Key key) {
    cell(stmt, change, key);
    if (schema.db().changes() == 0 && !exists(key)) {
      insert(change, key);
    }
  }

  private void insert(Change change, Key key) {
    cell(insert(change.slot()), change, key);
  }

  private static void cell(Stmt stmt, Change change, Key key) {
    change.value().bind(stmt, 1);
    run(stmt, key, 2);
  }

  /** Runs a statement about a row; whether it gives a row. */
  private static boolean run(Stmt stmt, Key key, int first) {
    try {
      key.bind(stmt, first);
      return stmt.step();
    } finally {
      stmt.reset();
    }
  }

  private boolean exists(Key key) {
    if (exists == null) {
      exists = log.prepare("SELECT 1 FROM " + name + " WHERE " + crr.keyIs(1));
    }
    return run(exists, key, 1);
  }

  private Stmt delete() {
    if (delete == null) {
      delete = log.prepare("DELETE FROM " + name + " WHERE " + crr.keyIs(1));
    }
    return delete;
  }

  private boolean isSpelledOtherwise(Key key) {
    if (spelled == null) {
      spelled =
          log.prepare(
              "SELECT 1 FROM "
                  + name
                  + " WHERE "
                  + crr.keyIs(1)
                  + " AND ("
                  + crr.keyDiffers(1)
                  + ")");
    }
    return run(spelled, key, 1);
  }

  /** The assignments of the key's columns, or of the first to itself where the key shall stay. */
  private String keyAssignments(boolean respell) {
    if (!respell) {
      return crr.keyName(0) + " = " + crr.keyName(0);
    }
    StringBuilder set = new StringBuilder();
    for (int i = 0; i < crr.keyColumns(); i++) {
      set.append(i == 0 ? "" : ", ").append(crr.keyName(i)).append(" = ?").append(i + 2);
    }
    return set.toString();
  }

  private Stmt prepareUpdate(String columns, boolean respell) {
    boolean key = respell || columns.isEmpty();
    return log.prepare(
        "UPDATE "
            + name
            + " SET "
            + columns
            + (key && !columns.isEmpty() ? ", " : "")
            + (key ? keyAssignments(respell) : "")
            + " WHERE "
            + crr.keyIs(2));
  }

  private static int place(int slot, boolean respell) {
    return 2 * slot + (respell ? 1 : 0);
  }

  private Stmt update(int slot, boolean respell) {
    int i = place(slot, respell);
    if (updates[i] == null) {
      Column column = crr.column(slot);
      updates[i] = prepareUpdate(column == null ? "" : column.quoted() + " = ?1", respell);
    }
    return updates[i];
  }

  /** Inserts the row with one cell, the other columns having their constant defaults. */
  private Stmt insert(int slot) {
    if (inserts[slot] == null) {
      StringBuilder names = new StringBuilder(crr.keyNames());
      StringBuilder values = new StringBuilder(crr.keyParams(2));
      for (int i = 0; i < crr.slots(); i++) {
        Column column = crr.column(i);
        if (column != null && (i == slot || column.defaultsToNull())) {
          names.append(", ").append(column.quoted());
          values.append(i == slot ? ", ?1" : ", NULL");
        }
      }
      inserts[slot] = log.prepare("INSERT INTO " + name + "(" + names + ") VALUES(" + values + ")");
    }
    return inserts[slot];
  }

  /**
   * Makes a live row what {@link #insert} would make it: one statement, so that it is refused whole
   * or not at all.
   */
  private Stmt reset(int slot, boolean respell) {
    int place = place(slot, respell);
    if (resets[place] == null) {
      StringBuilder set = new StringBuilder();
      for (int i = 0; i < crr.slots(); i++) {
        Column column = crr.column(i);
        if (column != null) {
          set.append(set.length() == 0 ? "" : ", ").append(column.quoted()).append(" = ");
          set.append(i == slot ? "?1" : column.constantDefault());
        }
      }
      resets[place] = prepareUpdate(set.toString(), respell);
    }
    return resets[place];
  }
}
