package io.crsql.engine.merge;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Merges the two commonest changes without looking anything up: a row that never was, after another
 * one, and further cells of the write that was merged last. Each tries its write to the log or
 * index first, which also tells whether the schema is still the same, and takes it back if there is
 * more to it or the user's table refuses. Tables with triggers of the user's go without.
 */
final class Shortcut {
  private static final long[] NOTHING_BEATEN = {};
  private static final int NONE = -1;

  private final Schema schema;
  private final Log log;
  private final UserTable table;
  private final Transaction transaction;
  private final Clock clock;
  private final Sites sites;
  private Stmt add;
  private Stmt remove;
  private Stmt join;
  private int reprepared;

  /** Whether the row that was looked up last never was. */
  private boolean expectsNew;

  private Value[] lastKey;
  private Row lastRow;
  private List<Entry> lastEntries;

  /** The {@link Transaction#course} for which the last row is known. */
  private long course = NONE;

  /** Prepares nothing yet; what it prepares is finalised with the log. */
  Shortcut(
      Schema schema, Log log, UserTable table, Transaction transaction, Clock clock, Sites sites) {
    this.schema = schema;
    this.log = log;
    this.table = table;
    this.transaction = transaction;
    this.clock = clock;
    this.sites = sites;
  }

  /** A row has been looked up in the index. */
  void expect(Row row) {
    expectsNew = row.life() == 0;
  }

  /** A row has been merged, and is now as given. */
  void remember(Value[] key, Row row, List<Entry> entries) {
    lastKey = key;
    lastRow = row;
    lastEntries = entries;
    course = transaction.course();
  }

  /** The current entries of a row that has just been looked up. */
  List<Entry> entries(Change change, Row row) {
    return isOfLastRow(change) && Arrays.equals(row.events(), lastRow.events())
        ? lastEntries
        : log.entries(row);
  }

  /** Merges a change; false if it takes the long way, and nothing has been done. */
  boolean take(Change change) {
    if (change.cols() == 0 || log.crr.userTriggers) {
      return false;
    }
    return isOfLastRow(change) ? join(change) : expectsNew && begin(change);
  }

  private boolean isOfLastRow(Change change) {
    if (course != transaction.course() || change.life() != lastRow.life()) {
      return false;
    }
    for (int i = 0; i < lastKey.length; i++) {
      if (Value.compare(change.key()[i], lastKey[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Adds the change's cells to the entry of their write. */
  private boolean join(Change change) {
    long site = sites.find(change.site());
    int i = site == Sites.OWN ? NONE : sameWrite(change, site);
    if (i == NONE || !ready()) {
      return false;
    }
    Entry entry = lastEntries.get(i);
    Entry joined = entry.with(entry.cols() | change.cols());
    boolean spells = log.crr.spellsKeys && Spelling.isNewest(change, lastEntries, sites);
    setCols(joined);
    boolean done = false;
    try {
      if (schemaIsSame()) {
        table.write(change, lastRow, spells);
        done = true;
      }
    } finally {
      if (!done && transaction.isOpen()) {
        setCols(entry);
      }
    }
    if (done) {
      lastEntries.set(i, joined);
    }
    return done;
  }

  /** The entry that all the change's cells may join, none of them being there yet. */
  private int sameWrite(Change change, long site) {
    int same = NONE;
    for (int i = 0; i < lastEntries.size(); i++) {
      Entry entry = lastEntries.get(i);
      if ((entry.cols() & change.colsIn(entry.group())) != 0) {
        return NONE;
      } else if (change.isOf(entry, site) && transaction.joinable(entry.at())) {
        same = i;
      }
    }
    return same;
  }

  private void setCols(Entry entry) {
    try {
      join.bindLong(1, entry.at());
      join.bindLong(2, entry.cols());
      join.step();
    } finally {
      join.reset();
    }
  }

  /** Begins a row. */
  private boolean begin(Change change) {
    if (!ready()) {
      return false;
    }
    Key key = Key.of(change.key());
    if (!add(key, change.life(), clock.now() + 1)) {
      expectsNew = false;
      return false;
    }
    boolean done = false;
    try {
      if (schemaIsSame()) {
        table.write(change, Row.NEVER, log.crr.spellsKeys);
        done = true;
      }
    } finally {
      if (!done && transaction.isOpen()) {
        remove(key);
      }
    }
    if (done) {
      append(change, key);
    }
    return done;
  }

  private boolean add(Key key, long life, long at) {
    try {
      add.bindLong(1, life);
      add.bindLong(2, at);
      key.bind(add, 3);
      add.step();
    } finally {
      add.reset();
    }
    return schema.db().changes() == 1;
  }

  private void remove(Key key) {
    try {
      key.bind(remove, 1);
      remove.step();
    } finally {
      remove.reset();
    }
  }

  private void append(Change change, Key key) {
    long site = sites.number(change.site());
    if (site == Sites.OWN) {
      sites.doubt(Sites.OWN, Sites.CAME_BACK);
    }
    long at = transaction.mergeTick(log.crr);
    long cols = change.cols();
    log.appendMerged(at, key, cols, change.group(), site, change.version(), NOTHING_BEATEN);
    List<Entry> entries = new ArrayList<>(1);
    entries.add(new Entry(at, cols, change.group(), site, change.version()));
    remember(change.key(), new Row(change.life(), new long[] {at}), entries);
  }

  /** Whether no statement that was run since the last look had to be prepared again. */
  private boolean schemaIsSame() {
    int known = reprepared;
    reprepared = add.reprepared() + join.reprepared();
    return reprepared == known;
  }

  /**
   * Whether the statements were there when the row index was last looked at, so that they tell of
   * every change of the schema since. Otherwise they are from now on.
   */
  private boolean ready() {
    if (add != null) {
      return true;
    }
    String rows = schema.of(Names.rows(log.crr.registeredName));
    add =
        log.prepare(
            "INSERT INTO "
                + rows
                + "(cl, events, "
                + log.crr.logKey()
                + ") VALUES(?1, ?2, "
                + log.crr.keyParams(3)
                + ") ON CONFLICT DO NOTHING");
    remove = log.prepare("DELETE FROM " + rows + " WHERE " + log.crr.logKeyIs(1));
    join = log.prepare("UPDATE " + log.name() + " SET cols = ?2 WHERE at = ?1");
    return false;
  }
}
