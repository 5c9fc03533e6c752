package io.crsql.engine.merge;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import java.util.function.Supplier;

/**
 * Brings the rows of the user's table to what merged changes make of them, or holds them aside.
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
  private final Constraints constraints;
  private final RowWriter writer;
  private final Readback readback;
  private final Contents contents;
  private final Shortcut shortcut;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  UserTable(Schema schema, Log log, Transaction transaction, Clock clock, Sites sites) {
    this.schema = schema;
    this.log = log;
    this.crr = log.crr;
    this.transaction = transaction;
    String name = schema.of(Names.quote(crr.name));
    this.constraints = new Constraints(crr, transaction);
    this.writer = new RowWriter(log, name);
    this.readback = new Readback(log, name);
    this.contents = new Contents(log, name);
    this.shortcut = new Shortcut(schema, log, this, transaction, clock, sites);
  }

  Log log() {
    return log;
  }

  Contents contents() {
    return contents;
  }

  Shortcut shortcut() {
    return shortcut;
  }

  /**
   * Brings the row to what it is with the change.
   *
   * @param row what the index says of it before
   * @param spells whether the change has the say in how the row's key is spelled
   * @return what is left to do once the change is in the index; null if nothing is
   */
  Aftermath write(Change change, Row row, boolean spells) {
    return run(change.key(), () -> expected(change, row), () -> apply(change, row, spells));
  }

  /**
   * Lets a held row into the table if it can stand there now.
   *
   * @return what is left to do; null if nothing is
   */
  Aftermath reconsider(Held.Row row) {
    return run(row.key(), row::values, () -> enter(row));
  }

  private void enter(Held.Row row) {
    Key key = Key.of(row.key());
    if (readback.exists(key)) {
      // It got there past the capture, which crsql_verify reports.
      return;
    }
    try {
      insert(key, row.values());
      log.held().remove(key);
    } catch (SqliteException e) {
      if (!constraints.refuse(e)) {
        throw e;
      }
      withdraw(e, key);
      log.held().explain(key, e.getMessage());
    }
  }

  /** Deletes what a refused insertion may have left: RAISE(FAIL) leaves the row. */
  private void withdraw(SqliteException e, Key key) {
    if (e.code() == SqliteException.CONSTRAINT_TRIGGER) {
      writer.delete(key);
    }
  }

  /** Runs statements with capture off, or on if the user's triggers may write the table as well. */
  private Aftermath run(Value[] key, Supplier<Value[]> expected, Runnable statements) {
    if (!crr.userTriggers) {
      transaction.merging(crr, statements);
      return null;
    }
    Aftermath aftermath = new Aftermath(log, transaction, readback, key, expected.get());
    transaction.merging(null, statements);
    return aftermath;
  }

  private Value[] expected(Change change, Row row) {
    if (change.isDeletion()) {
      return null;
    }
    boolean stays = row.alive() && change.life() == row.life();
    return changed(stays ? present(Key.of(change.key())) : null, change);
  }

  /** The row as it is in the table or held aside; null if it is nowhere. */
  private Held.Row present(Key key) {
    Held.Row found = readback.read(key);
    return found == null ? log.held().find(key) : found;
  }

  /** The values of a row, null standing for none yet, with the change. */
  private Value[] changed(Held.Row row, Change change) {
    Value[] values = row == null ? new Value[crr.slots()] : row.values().clone();
    change.putInto(values);
    return values;
  }

  private void apply(Change change, Row row, boolean spells) {
    Key key = Key.of(change.key());
    if (change.isDeletion()) {
      delete(row, key);
      return;
    }
    try {
      if (!row.alive()) {
        insert(key, changed(null, change));
      } else if (!update(change, row, key, spells)) {
        insertAbsent(change, row, key, spells);
      }
    } catch (SqliteException e) {
      if (!constraints.refuse(e)) {
        throw e;
      }
      Held.Row next = next(change, row, row.alive() ? present(key) : null, spells);
      if (row.alive()) {
        writer.delete(key);
      } else {
        withdraw(e, key);
      }
      log.held().put(next, change.life(), e.getMessage());
    }
  }

  private void delete(Row row, Key key) {
    if (row.alive()) {
      writer.delete(key);
      if (schema.db().changes() == 0) {
        log.held().remove(key);
      }
    }
  }

  private void insert(Key key, Value[] values) {
    constraints.requireAll(values);
    writer.insert(key, values);
    if (schema.db().changes() == 0) {
      throw new SqliteException(
          SqliteException.CONSTRAINT_TRIGGER, "a trigger left the row out by RAISE(IGNORE)");
    }
  }

  /** Changes a live row that is in the table; false if it is not. */
  private boolean update(Change change, Row row, Key key, boolean spells) {
    boolean begins = change.life() > row.life();
    Value[] values = begins ? changed(null, change) : null;
    if (begins) {
      constraints.requireAll(values);
    } else {
      constraints.require(change);
    }
    boolean respell = spells && readback.isSpelledOtherwise(key);
    if (begins) {
      writer.reset(key, values, respell);
    } else if (respell || change.setsColumns()) {
      writer.update(change, key, respell);
    } else {
      return readback.exists(key);
    }
    return schema.db().changes() > 0 || readback.exists(key);
  }

  /** Makes a live row that is not in the table: held aside, or lost past the capture. */
  private void insertAbsent(Change change, Row row, Key key, boolean spells) {
    Held.Row aside = log.held().find(key);
    if (aside == null) {
      insert(key, changed(null, change));
    } else {
      Held.Row next = next(change, row, aside, spells);
      insert(Key.of(next.key()), next.values());
      log.held().remove(key);
    }
  }

  /**
   * The row as it is with the change.
   *
   * @param present the row as it is without; null if it is nowhere
   */
  private Held.Row next(Change change, Row row, Held.Row present, boolean spells) {
    Value[] spelled = present == null || spells ? change.key() : present.key();
    return new Held.Row(spelled, changed(change.life() == row.life() ? present : null, change));
  }

  /** Whether the row is there, and the bytes of its key are less. */
  boolean isSpelledLess(Value[] key) {
    Held.Row present = present(Key.of(key));
    int order = 0;
    for (int i = 0; present != null && i < key.length && order == 0; i++) {
      order = Value.compare(key[i], present.key()[i]);
    }
    return order > 0;
  }
}
