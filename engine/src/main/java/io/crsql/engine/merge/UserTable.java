package io.crsql.engine.merge;

import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.List;
import java.util.function.Supplier;

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
  private final List<Column> notNull;
  private final CellWriter cells;
  private Stmt delete;
  private Stmt exists;
  private Stmt spelled;
  private Readback readback;
  private WholeRow whole;
  private Contents contents;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  UserTable(Schema schema, Log log, Transaction transaction) {
    this.schema = schema;
    this.log = log;
    this.crr = log.crr;
    this.transaction = transaction;
    this.name = schema.of(Names.quote(crr.name));
    this.notNull = crr.notNull();
    this.cells = new CellWriter(log, name);
  }

  Log log() {
    return log;
  }

  Contents contents() {
    if (contents == null) {
      contents = new Contents(log, name);
    }
    return contents;
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
    if (exists(key)) {
      // It got there past the capture, which crsql_verify reports.
      return;
    }
    try {
      requireAll(row.values());
      insert(row);
      log.held().remove(key);
    } catch (SqliteException e) {
      if (!refuses(e)) {
        throw e;
      }
      withdraw(e, key);
      log.held().explain(key, e.getMessage());
    }
  }

  /** Deletes what a refused insertion may have left: RAISE(FAIL) leaves the row. */
  private void withdraw(SqliteException e, Key key) {
    if (e.code() == SqliteException.CONSTRAINT_TRIGGER) {
      run(delete(), key, 1);
    }
  }

  /** Runs statements with capture off, or on if the user's triggers may write the table as well. */
  private Aftermath run(Value[] key, Supplier<Value[]> expected, Runnable statements) {
    if (!crr.userTriggers) {
      transaction.merging(crr, statements);
      return null;
    }
    Aftermath aftermath = new Aftermath(log, transaction, readback(), key, expected.get());
    transaction.merging(null, statements);
    return aftermath;
  }

  private Value[] expected(Change change, Row row) {
    if (change.isDeletion()) {
      return null;
    }
    boolean stays = row.alive() && change.life() == row.life();
    Held.Row present = stays ? present(Key.of(change.key())) : null;
    return changed(present, change);
  }

  /** The row as it is in the table or held aside; null if it is nowhere. */
  private Held.Row present(Key key) {
    Held.Row found = readback().read(key);
    return found == null ? log.held().find(key) : found;
  }

  /** The values of a row, null standing for none yet, with the change. */
  private Value[] changed(Held.Row row, Change change) {
    Value[] values = row == null ? new Value[crr.slots()] : row.values().clone();
    if (crr.column(change.slot()) != null) {
      values[change.slot()] = change.value();
    }
    return values;
  }

  private void apply(Change change, Row row, boolean spells) {
    Key key = Key.of(change.key());
    if (change.isDeletion()) {
      delete(row, key);
      return;
    }
    try {
      if (change.life() > row.life()) {
        requireAll(changed(null, change));
      } else if (crr.column(change.slot()) != null) {
        require(crr.column(change.slot()), change.value());
      }
      if (!row.alive()) {
        insert(change, key);
      } else if (!update(change, row, key, spells)) {
        insertAbsent(change, row, key, spells);
      }
    } catch (SqliteException e) {
      if (!refuses(e)) {
        throw e;
      }
      Held.Row next = next(change, row, row.alive() ? present(key) : null, spells);
      if (row.alive()) {
        run(delete(), key, 1);
      } else {
        withdraw(e, key);
      }
      log.held().put(next, change.life(), e.getMessage());
    }
  }

  private void delete(Row row, Key key) {
    if (row.alive()) {
      run(delete(), key, 1);
      if (schema.db().changes() == 0) {
        log.held().remove(key);
      }
    }
  }

  /**
   * Refuses a row as the table would for lack of a value, without the cost of a failed statement
   * and whatever conflict clause the table has.
   */
  private void requireAll(Value[] values) {
    for (Column column : notNull) {
      require(column, values[column.slot]);
    }
  }

  /** Refuses the value, null standing for none, that the column cannot hold. */
  private void require(Column column, Value value) {
    if (value == null ? column.lacksDefault() : column.notNull() && value.isNull()) {
      throw new SqliteException(
          SqliteException.CONSTRAINT_NOTNULL,
          "NOT NULL constraint failed: " + crr.name + "." + column.name);
    }
  }

  /** Changes a live row that is in the table; false if it is not. */
  private boolean update(Change change, Row row, Key key, boolean spells) {
    boolean respell = spells && isSpelledOtherwise(key);
    if (change.life() > row.life()) {
      cells.reset(change, key, respell);
    } else if (respell || crr.column(change.slot()) != null) {
      cells.update(change, key, respell);
    } else {
      return exists(key);
    }
    return schema.db().changes() > 0 || exists(key);
  }

  /** Makes a live row that is not in the table: held aside, or lost past the capture. */
  private void insertAbsent(Change change, Row row, Key key, boolean spells) {
    Held.Row aside = log.held().find(key);
    if (aside == null) {
      insert(change, key);
    } else {
      Held.Row next = next(change, row, aside, spells);
      requireAll(next.values());
      insert(next);
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

  /** Whether the table refuses the row as such, so that it would refuse it on every replica. */
  private boolean refuses(SqliteException e) {
    if (!transaction.isOpen()) {
      return false;
    }
    switch (e.code()) {
      case SqliteException.CONSTRAINT_CHECK:
      case SqliteException.CONSTRAINT_NOTNULL:
      case SqliteException.CONSTRAINT_DATATYPE:
      case SqliteException.CONSTRAINT_TRIGGER:
        return true;
      default:
        return false;
    }
  }

  private Readback readback() {
    if (readback == null) {
      readback = new Readback(log, name);
    }
    return readback;
  }

  private void insert(Held.Row row) {
    if (whole == null) {
      whole = new WholeRow(log, name);
    }
    whole.insert(row);
    checkInserted();
  }

  private void checkInserted() {
    if (schema.db().changes() == 0) {
      throw new SqliteException(
          SqliteException.CONSTRAINT_TRIGGER, "a trigger left the row out by RAISE(IGNORE)");
    }
  }

  private void insert(Change change, Key key) {
    cells.insert(change, key);
    checkInserted();
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

  /** Whether the row is there, and the bytes of its key are less. */
  boolean isSpelledLess(Value[] key) {
    Held.Row present = present(Key.of(key));
    int order = 0;
    for (int i = 0; present != null && i < key.length && order == 0; i++) {
      order = Value.compare(key[i], present.key()[i]);
    }
    return order > 0;
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
}
