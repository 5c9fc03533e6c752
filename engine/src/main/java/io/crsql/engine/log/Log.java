package io.crsql.engine.log;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log and row index of one CRR, one statement at a time. */
public final class Log {
  /** The shape that the statements are made for. */
  public final Crr crr;

  private final Schema schema;
  private final FoldFunction folding;
  private final List<Stmt> statements = new ArrayList<>();
  private final Map<String, List<Stmt>> spare = new HashMap<>();
  private final String log;
  private final Stmt row;
  private int reprepared;
  private final Stmt putRow;
  private final Stmt entry;
  private final Stmt setCols;
  private final Stmt delete;
  private final Stmt append;
  private final Stmt folded;
  private final Stmt holds;
  private final Stmt last;
  private final Stmt markFirst;
  private final Stmt firstDeletion;
  private Stmt noteDeletion;
  private Stmt deleteLocal;
  private Stmt tailDeletes;
  private Stmt spelling;
  private Stmt beaten;
  private Stmt setBeaten;
  private Fold fold;
  private Held held;

  /** Prepares the statements. */
  Log(Schema schema, Crr crr, FoldFunction folding) {
    this.schema = schema;
    this.folding = folding;
    this.crr = crr;
    log = schema.of(Names.log(crr.registeredName));
    String rows = schema.of(Names.rows(crr.registeredName));
    row = prepare("SELECT cl, events FROM " + rows + " WHERE " + crr.logKeyIs(1));
    putRow =
        prepare(
            "INSERT INTO "
                + rows
                + "("
                + crr.logKey()
                + ", cl, events) VALUES("
                + crr.keyParams(3)
                + ", ?1, ?2) ON CONFLICT("
                + crr.logKey()
                + ") DO UPDATE SET cl = excluded.cl, events = excluded.events");
    entry = prepare("SELECT cols, part >> 1, site, version FROM " + log + " WHERE at = ?1");
    setCols = prepare("UPDATE " + log + " SET cols = ?2 WHERE at = ?1");
    delete = prepare("DELETE FROM " + log + " WHERE at = ?1");
    append =
        prepare(
            "INSERT INTO "
                + log
                + "(at, "
                + crr.logKey()
                + ", cols, part, site, version, beaten) VALUES(?1, "
                + crr.keyParams(7)
                + ", ?2, ?3, ?4, ?5, ?6)");
    holds =
        prepare("SELECT EXISTS(SELECT 1 FROM " + schema.of(Names.held(crr.registeredName)) + ")");
    last = prepare("SELECT max(at) FROM " + log);
    markFirst = prepare("UPDATE " + log + " SET part = part | 1 WHERE at = ?1");
    folded = prepare("SELECT folded FROM " + schema.of("crsql_tables") + " WHERE id = " + crr.id);
    firstDeletion =
        prepare("SELECT deleted FROM " + schema.of("crsql_tables") + " WHERE id = " + crr.id);
  }

  /** Prepares a statement that is finalised with this log. */
  public Stmt prepare(String sql) {
    Stmt stmt = schema.prepare(sql);
    statements.add(stmt);
    return stmt;
  }

  /** Finalises a statement prepared here before the log is closed; null is none. */
  public void discard(Stmt stmt) {
    if (stmt != null) {
      statements.remove(stmt);
      stmt.close();
    }
  }

  /**
   * A statement that is the caller's alone until {@link #giveBack}, prepared only if no other
   * caller has left one.
   */
  public Stmt borrow(String sql) {
    List<Stmt> left = spare.get(sql);
    return left == null || left.isEmpty() ? prepare(sql) : left.remove(left.size() - 1);
  }

  /** Leaves a borrowed statement to the next caller; null is none. */
  public void giveBack(String sql, Stmt stmt) {
    if (stmt != null) {
      stmt.reset();
      spare.computeIfAbsent(sql, unused -> new ArrayList<>()).add(stmt);
    }
  }

  /** Finalises the statements. */
  public void close() {
    for (Stmt stmt : statements) {
      stmt.close();
    }
  }

  /** The log's quoted name. */
  public String name() {
    return log;
  }

  /**
   * How many entries the tail has, at the most {@code limit}; 0 if {@code now}, the clock, leaves
   * no room for as many.
   */
  public long tailLength(long now, long limit) {
    long from = folded();
    if (now - from <= limit) {
      return 0;
    }
    String count =
        "SELECT count(*) FROM (SELECT 1 FROM " + log + " WHERE at > ?1 AND site IS NULL LIMIT ?2)";
    try (Stmt stmt = schema.prepare(count)) {
      stmt.bindLong(1, from);
      stmt.bindLong(2, limit);
      stmt.step();
      return stmt.getLong(0);
    }
  }

  /** Up to where local entries have been folded. */
  public long folded() {
    try {
      folded.step();
      return folded.getLong(0);
    } finally {
      folded.reset();
    }
  }

  /** No deletion is in the tail before this one; 0 if there is none in it. */
  public long firstDeletion() {
    try {
      firstDeletion.step();
      return firstDeletion.getLong(0);
    } finally {
      firstDeletion.reset();
    }
  }

  /** The tail gets a deletion, which may be the first in it. */
  public void noteDeletion(long at) {
    if (noteDeletion == null) {
      noteDeletion =
          prepare(
              "UPDATE "
                  + schema.of("crsql_tables")
                  + " SET deleted = ?1 WHERE deleted = 0 AND id = "
                  + crr.id);
    }
    try {
      noteDeletion.bindLong(1, at);
      noteDeletion.step();
    } finally {
      noteDeletion.reset();
    }
  }

  /** Whether the user's table refuses any row for now. */
  public boolean holds() {
    try {
      holds.step();
      return holds.getLong(0) != 0;
    } finally {
      holds.reset();
    }
  }

  /** The rows that the user's table refuses for now. */
  public Held held() {
    if (held == null) {
      held = new Held(this, schema);
    }
    return held;
  }

  /** Folds the tail. */
  public void fold() {
    if (fold == null) {
      fold = new Fold(schema, this, folding);
    }
    fold.run();
  }

  /** Marks the entry made at {@code at}, if it is still there, as the first of its transaction. */
  public void markFirst(long at) {
    try {
      markFirst.bindLong(1, at);
      markFirst.step();
    } finally {
      markFirst.reset();
    }
  }

  /** The {@code at} of the last entry, 0 if there is none. */
  public long last() {
    try {
      last.step();
      return last.getLong(0);
    } finally {
      last.reset();
    }
  }

  /** What the index says of a row. */
  public Row row(Key key) {
    try {
      key.bind(row, 1);
      return row.step() ? new Row(row.getLong(0), Events.read(row, 1)) : Row.NEVER;
    } finally {
      row.reset();
    }
  }

  /** Whether the schema may have changed between the last two looks at {@link #row}. */
  public boolean mayBeStale() {
    int known = reprepared;
    reprepared = row.reprepared();
    return reprepared != known;
  }

  /** Sets what the index says of a row. */
  public void putRow(Key key, long life, long[] events) {
    try {
      putRow.bindLong(1, life);
      Events.bind(putRow, 2, events);
      key.bind(putRow, 3);
      putRow.step();
    } finally {
      putRow.reset();
    }
  }

  /** The entry made at {@code at}; null if there is none. */
  public Entry entry(long at) {
    try {
      entry.bindLong(1, at);
      if (!entry.step()) {
        return null;
      }
      boolean local = entry.type(2) == ValueType.NULL;
      return new Entry(
          at,
          entry.getLong(0),
          (int) entry.getLong(1),
          local ? Sites.OWN : entry.getLong(2),
          local ? at : entry.getLong(3));
    } finally {
      entry.reset();
    }
  }

  /** The row's current entries. */
  public List<Entry> entries(Row of) {
    List<Entry> entries = new ArrayList<>(of.events().length);
    for (long at : of.events()) {
      Entry found = entry(at);
      if (found != null) {
        entries.add(found);
      }
    }
    return entries;
  }

  /** Leaves an entry only these columns; without any it is deleted. */
  public void setCols(long at, long cols) {
    if (cols == 0) {
      delete(at);
      return;
    }
    try {
      setCols.bindLong(1, at);
      setCols.bindLong(2, cols);
      setCols.step();
    } finally {
      setCols.reset();
    }
  }

  /** Deletes an entry. */
  public void delete(long at) {
    try {
      delete.bindLong(1, at);
      delete.step();
    } finally {
      delete.reset();
    }
  }

  /** The key of an entry as its write spelled it. */
  public Value[] spelling(long at) {
    if (spelling == null) {
      spelling = prepare("SELECT " + crr.logKey() + " FROM " + log + " WHERE at = ?1");
    }
    try {
      spelling.bindLong(1, at);
      spelling.step();
      return Value.row(spelling, 0, crr.keyColumns());
    } finally {
      spelling.reset();
    }
  }

  /**
   * The writes that lost against an entry's: by threes the bit of the cell, the version of the
   * write and the number of its site.
   */
  public long[] beaten(long at) {
    if (beaten == null) {
      beaten = prepare("SELECT beaten FROM " + log + " WHERE at = ?1");
    }
    try {
      beaten.bindLong(1, at);
      return beaten.step() ? Events.read(beaten, 0) : new long[0];
    } finally {
      beaten.reset();
    }
  }

  /** Sets them. */
  public void setBeaten(long at, long[] writes) {
    if (setBeaten == null) {
      setBeaten = prepare("UPDATE " + log + " SET beaten = ?2 WHERE at = ?1");
    }
    try {
      setBeaten.bindLong(1, at);
      setBeaten.bindBlob(2, Events.encode(writes));
      setBeaten.step();
    } finally {
      setBeaten.reset();
    }
  }

  /** Whether the tail deletes a row. */
  public boolean tailDeletes(Key key) {
    long first = firstDeletion();
    if (first == 0) {
      return false;
    }
    if (tailDeletes == null) {
      tailDeletes =
          prepare(
              "SELECT 1 FROM "
                  + log
                  + " WHERE at >= ?1 AND cols = 0 AND site IS NULL AND "
                  + crr.logKeyIs(2));
    }
    try {
      tailDeletes.bindLong(1, first);
      key.bind(tailDeletes, 2);
      return tailDeletes.step();
    } finally {
      tailDeletes.reset();
    }
  }

  /** Deletes the local entries of a row made after {@code mark}. */
  public void deleteLocal(Key key, long mark) {
    if (deleteLocal == null) {
      deleteLocal =
          prepare("DELETE FROM " + log + " WHERE at > ?1 AND site IS NULL AND " + crr.logKeyIs(2));
    }
    try {
      deleteLocal.bindLong(1, mark);
      key.bind(deleteLocal, 2);
      deleteLocal.step();
    } finally {
      deleteLocal.reset();
    }
  }

  /** Appends a local write, as a capture trigger does. */
  public void appendLocal(long at, Key key, long cols, int group) {
    append.bindNull(4);
    append.bindNull(5);
    append.bindNull(6);
    append(at, key, cols, group);
  }

  /** Appends a write of {@code site}, whose group's first slot has {@code version}. */
  public void appendMerged(
      long at, Key key, long cols, int group, long site, long version, long[] beaten) {
    append.bindLong(4, site);
    append.bindLong(5, version);
    if (beaten.length == 0) {
      append.bindNull(6);
    } else {
      append.bindBlob(6, Events.encode(beaten));
    }
    append(at, key, cols, group);
  }

  private void append(long at, Key key, long cols, int group) {
    try {
      append.bindLong(1, at);
      append.bindLong(2, cols);
      append.bindLong(3, group * 2L);
      key.bind(append, 7);
      append.step();
    } finally {
      append.reset();
    }
  }
}
