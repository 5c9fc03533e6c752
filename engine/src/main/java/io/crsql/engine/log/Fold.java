package io.crsql.engine.log;

import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;

/**
 * Indexes the tail of a log, the local entries past the table's watermark: one statement puts all
 * of them into the row index, in the order of its keys, and what they supersede there is then
 * cleared in the order of the log.
 *
 * <p>Merged entries are not its concern, since a merge folds first and then indexes its own.
 */
final class Fold {
  /** How far merged entries alone may run ahead of the mark: each fold looks at them again. */
  private static final long MERGED_ENTRIES = 256;

  private final Schema schema;
  private final Log log;
  private final FoldFunction function;
  private final TailEntry entry;
  private final Clearing clearing;
  private final Supersession supersession;
  private final Stmt count;
  private final Stmt index;
  private final Stmt mark;
  private final String tail;
  private final String rows;
  private final String held;

  /** Prepares the statements, which are finalised with the log. */
  Fold(Schema schema, Log log, FoldFunction function) {
    this.schema = schema;
    this.log = log;
    this.function = function;
    this.entry = new TailEntry(log.crr);
    this.clearing = new Clearing(schema.db(), log);
    this.supersession = new Supersession(log, entry, clearing);
    this.rows = schema.of(Names.rows(log.crr.registeredName));
    this.held = schema.of(Names.held(log.crr.registeredName));
    this.tail = " FROM " + log.name() + " WHERE at > ?1 AND site IS NULL";
    String keys = log.crr.logKey();
    this.count =
        log.prepare(
            "SELECT count(*), count(CASE WHEN NOT " + entry.isWhole() + " THEN 1 END)" + tail);
    // The causal length: of a row that is not alive to the log, a deletion tells that something got
    // past the capture, that it lived and is gone.
    this.index =
        log.prepare(
            "INSERT INTO "
                + (rows + "(" + keys + ", cl, events) SELECT " + keys)
                + (", CASE cols WHEN 0 THEN 2 ELSE 1 END, " + entry.expression(2) + tail)
                + (" ORDER BY " + keys + ", at ON CONFLICT(" + keys + ") DO UPDATE SET")
                + " cl = cl + excluded.cl - (cl & 1),"
                + " events = crsql_fold(cl, events, excluded.cl, excluded.events)");
    this.mark =
        log.prepare(
            "UPDATE "
                + schema.of("crsql_tables")
                + " SET folded = ?1, deleted = 0 WHERE id = "
                + log.crr.id);
  }

  /** Folds the tail. */
  void run() {
    long folded = log.folded();
    // The mark is the at of an entry that is there, never the clock: the clock in memory may be
    // ahead of what the file holds, and the next connection would then write behind the mark.
    long last = log.last();
    long entries;
    long partial;
    try {
      count.bindLong(1, folded);
      count.step();
      entries = count.getLong(0);
      partial = count.getLong(1);
    } finally {
      count.reset();
    }
    if (entries > 0) {
      index(folded, last, partial);
    }
    if (entries > 0 || last - folded > MERGED_ENTRIES) {
      setMark(last);
    }
  }

  private void index(long folded, long last, long partial) {
    if (log.holds()) {
      letGo(folded);
    }
    supersession.begin();
    clearing.forget();
    try {
      index.bindLong(1, folded);
      index.bindLong(2, entry.packs(last) ? 1 : 0);
      function.during(supersession, index::step);
    } finally {
      index.reset();
    }
    clearing.finish();
    if (supersession.partial() < partial) {
      // The first that the index hears of a row is a write of some columns: something got past the
      // capture.
      schema.exec("UPDATE " + rows + " SET " + entry.repair());
    }
  }

  /** A row that has been written is in the user's table, whatever was held of it. */
  private void letGo(long folded) {
    String keys = log.crr.logKey();
    try (Stmt stmt =
        schema.prepare(
            "DELETE FROM " + held + " WHERE (" + keys + ") IN (SELECT " + keys + tail + ")")) {
      stmt.bindLong(1, folded);
      stmt.step();
    }
  }

  private void setMark(long at) {
    try {
      mark.bindLong(1, at);
      mark.step();
    } finally {
      mark.reset();
    }
  }
}
