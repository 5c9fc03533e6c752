package io.crsql.engine.merge;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.transaction.Transaction;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Stmt;

/**
 * Writes merged changes to the user's table.
 *
 * <p>Capture is off meanwhile, so that a merge is not mistaken for a local write. Where the table
 * has triggers of the user's it stays on, because what they write is local; {@link Aftermath} then
 * tells the two apart.
 */
final class UserTable {
  private final Db db;
  private final Log log;
  private final Crr crr;
  private final Transaction transaction;
  private final String name;
  private final Stmt[] inserts;
  private final Stmt[] updates;
  private final Stmt[] resets;
  private Stmt delete;
  private Stmt exists;
  private Stmt respell;
  private Readback readback;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  UserTable(Db db, Log log, Transaction transaction) {
    this.db = db;
    this.log = log;
    this.crr = log.crr;
    this.transaction = transaction;
    this.name = "main." + Names.quote(crr.name);
    this.inserts = new Stmt[crr.ticks];
    this.updates = new Stmt[crr.ticks];
    this.resets = new Stmt[crr.ticks];
  }

  Log log() {
    return log;
  }

  /**
   * Brings the row to what it is with the change.
   *
   * @param row what the index says of it before
   * @param newest whether the change has the row's greatest stamp, and so the say in how its key is
   *     spelled
   * @return what is left to do once the change is in the index; null if nothing is
   */
  Aftermath write(Change change, Row row, boolean newest) {
    if (!crr.userTriggers) {
      transaction.applying(crr.id, () -> apply(change, row, newest));
      return null;
    }
    if (readback == null) {
      readback = new Readback(log, name);
    }
    Aftermath aftermath = new Aftermath(log, transaction, readback, change, row);
    apply(change, row, newest);
    return aftermath;
  }

  private void apply(Change change, Row row, boolean newest) {
    Key key = Key.of(change.key());
    if (change.isDeletion()) {
      if (row.alive()) {
        run(delete(), key, 1);
      }
      return;
    }
    if (change.life() > row.life()) {
      if (row.alive()) {
        cell(reset(change.slot()), change, key);
      } else {
        insert(change, key);
      }
    } else if (crr.column(change.slot()) != null) {
      cell(update(change.slot()), change, key);
      if (db.changes() == 0 && !exists(key)) {
        insert(change, key);
      }
    }
    if (newest && row.alive() && crr.spellsKeys()) {
      run(respell(), key, 1);
    }
  }

  private void insert(Change change, Key key) {
    cell(insert(change.slot()), change, key);
  }

  private static void cell(Stmt stmt, Change change, Key key) {
    change.value().bind(stmt, 1);
    run(stmt, key, 2);
  }

  private static void run(Stmt stmt, Key key, int first) {
    try {
      key.bind(stmt, first);
      stmt.step();
    } finally {
      stmt.reset();
    }
  }

  private boolean exists(Key key) {
    if (exists == null) {
      exists = log.prepare("SELECT 1 FROM " + name + " WHERE " + crr.keyIs(1));
    }
    try {
      key.bind(exists, 1);
      return exists.step();
    } finally {
      exists.reset();
    }
  }

  private Stmt delete() {
    if (delete == null) {
      delete = log.prepare("DELETE FROM " + name + " WHERE " + crr.keyIs(1));
    }
    return delete;
  }

  private Stmt respell() {
    if (respell == null) {
      StringBuilder set = new StringBuilder();
      for (int i = 0; i < crr.keyColumns(); i++) {
        set.append(i == 0 ? "" : ", ").append(crr.keyName(i)).append(" = ?").append(i + 1);
      }
      respell =
          log.prepare(
              "UPDATE "
                  + name
                  + " SET "
                  + set
                  + " WHERE "
                  + crr.keyIs(1)
                  + " AND ("
                  + crr.keyDiffers(1)
                  + ")");
    }
    return respell;
  }

  private Stmt update(int slot) {
    if (updates[slot] == null) {
      updates[slot] =
          log.prepare(
              "UPDATE "
                  + name
                  + " SET "
                  + crr.column(slot).quoted()
                  + " = ?1 WHERE "
                  + crr.keyIs(2));
    }
    return updates[slot];
  }

  /** Inserts the row with one cell, the other columns having their constant defaults. */
  private Stmt insert(int slot) {
    if (inserts[slot] == null) {
      StringBuilder names = new StringBuilder(crr.keyNames());
      StringBuilder values = new StringBuilder(crr.keyParams(2));
      for (int i = 0; i < crr.slots(); i++) {
        Column column = crr.column(i);
        if (column != null && (i == slot || Crr.defaultsToNull(column))) {
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
  private Stmt reset(int slot) {
    if (resets[slot] == null) {
      StringBuilder set = new StringBuilder();
      for (int i = 0; i < crr.slots(); i++) {
        Column column = crr.column(i);
        if (column != null) {
          set.append(set.length() == 0 ? "" : ", ").append(column.quoted()).append(" = ");
          set.append(i == slot ? "?1" : Crr.defaultOf(column));
        }
      }
      String setKey = set.length() == 0 ? crr.keyName(0) + " = " + crr.keyName(0) : set.toString();
      resets[slot] = log.prepare("UPDATE " + name + " SET " + setKey + " WHERE " + crr.keyIs(2));
    }
    return resets[slot];
  }
}
