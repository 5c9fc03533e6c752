package io.crsql.engine.transaction;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Logs;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.SqliteException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A database's part of the connection's write transaction: gives out ticks, folds logs whose tail
 * has grown long, and finishes what a commit needs.
 *
 * <p>It learns of a transaction's ends as a virtual table does (see {@link TransactionTable}),
 * since the commit hook has one slot only, which belongs to the host program.
 */
public final class Transaction {
  /** How many local entries a log's tail may have before a tick folds it. */
  static final int LONGEST_TAIL = 200_000;

  private static final String ROLLED_BACK = "; this transaction has been rolled back";

  private static final long NOTHING = -1;

  private final Schema schema;
  private final Registry registry;
  private final Clock clock;
  private final Sites sites;
  private final Logs logs;
  private final TransactionTable table;

  /** How many local entries this connection has appended since the last fold, by table. */
  private final Map<Long, Tail> tails = new HashMap<>();

  private Tail lastTail;
  private boolean entered;

  /** Whether the schema and the clock are known as they are in this transaction. */
  private boolean settled;

  private long firstAt;
  private long firstTable;
  private long writeBase;
  private long joinFloor;
  private long applying = NOTHING;
  private boolean merging;

  /** How many times what is merged may have been written or undone by others than the merge. */
  private long course;

  /** Whether tables have got other numbers in this transaction. */
  private boolean renumbered;

  /** The registry's generation when the transaction began. */
  private int begunWith;

  /** The registry's generation that {@link #lastTail} is of. */
  private int known;

  /** What is known of a log's tail. */
  private static final class Tail {
    Crr crr;
    long appended;

    /** Whether it is known to be empty. */
    boolean folded;

    /** Whether its first deletion has been noted. */
    boolean deletes;

    /** Whether this transaction has written the table. */
    boolean written;
  }

  /**
   * The transactions of a database.
   *
   * @param table the connection's, which tells of their course
   */
  public Transaction(
      Schema schema,
      Registry registry,
      Clock clock,
      Sites sites,
      Logs logs,
      TransactionTable table) {
    this.schema = schema;
    this.registry = registry;
    this.clock = clock;
    this.sites = sites;
    this.logs = logs;
    this.table = table;
  }

  /**
   * Called before anything is written: makes sure that this transaction is known, and with it the
   * schema and the clock as they are under the write lock.
   */
  public void enter() {
    if (settled) {
      return;
    }
    boolean begins = !entered;
    if (begins) {
      table.enter(this);
    }
    refresh(true);
    if (begins) {
      if (schema.db().autocommit()) {
        registry.committed();
      }
      joinFloor = clock.now();
      begunWith = registry.generation();
    }
    settled = true;
  }

  private void refresh(boolean lasting) {
    registry.refresh(lasting);
    if (clock.refresh()) {
      // Another connection may have given the database a new site_id.
      sites.invalidate();
    }
  }

  /** Called before anything is read: the schema and the clock as they are now. */
  public void look() {
    refresh(entered || schema.db().autocommit());
    joinFloor = clock.now();
  }

  /**
   * The ticks of a row write, called by the capture triggers.
   *
   * @param ticks how many; 0 for a deletion, which takes one
   * @return the first of them
   */
  public long tick(long table, long ticks) {
    enter();
    Tail tail = tail(table);
    if (ticks < 0 || ticks > tail.crr.ticks) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql_tick: only crsql's own triggers may call it");
    }
    if (++tail.appended > LONGEST_TAIL && !merging) {
      fold(tail);
    }
    tail.folded = false;
    course++;
    writeBase = clock.tick(Math.max(1, ticks));
    if (ticks == 0 && !tail.deletes) {
      logs.of(tail.crr).noteDeletion(writeBase);
      tail.deletes = true;
    }
    logged(writeBase, tail.crr);
    return writeBase;
  }

  /** The version that the write being captured has at that slot. */
  public long at(long slot) {
    return writeBase + slot;
  }

  /**
   * The tick of a merged cell, deletion or existence mark.
   *
   * @return the entry's {@code at}
   */
  public long mergeTick(Crr crr) {
    long at = clock.tick(1);
    logged(at, crr);
    return at;
  }

  private void logged(long at, Crr crr) {
    if (firstAt == 0) {
      firstAt = at;
      firstTable = crr.id;
    }
  }

  private Tail tail(long table) {
    if (lastTail != null && lastTail.crr.id == table && known == registry.generation()) {
      return lastTail;
    }
    known = registry.generation();
    Crr crr = registry.byId(table);
    if (crr == null) {
      throw unknownTable();
    }
    writable(crr);
    Tail tail = tails.get(table);
    if (tail == null) {
      tail = new Tail();
      tails.put(table, tail);
      tail.appended = logs.of(crr).tailLength(clock.now(), LONGEST_TAIL);
    }
    tail.crr = crr;
    lastTail = tail;
    return tail;
  }

  /** The error of a write to a table whose number no database knows. */
  public static SqliteException unknownTable() {
    return new SqliteException(
        SqliteException.ERROR,
        "crsql: the table that is being written has capture triggers but is not registered as"
            + " replicated; call crsql_verify()");
  }

  /** Gives the CRR back, or throws what is wrong with its capture. */
  public static Crr writable(Crr crr) {
    if (crr.fault() != null) {
      throw new SqliteException(SqliteException.ERROR, crr.fault());
    }
    return crr;
  }

  /**
   * The CRR as it is now, in case that the schema has changed since the transaction began.
   *
   * @throws SqliteException if it can no longer be written
   */
  public Crr current(Crr known) {
    registry.refresh(true);
    Crr now = registry.byId(known.id);
    if (now == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql: the replicated table "
              + schema.shown(known.name)
              + " has been dropped, so that nothing can be merged into it; merge the change again,"
              + " and it is parked");
    }
    return writable(now);
  }

  /** The CRR's log. */
  public Log log(Crr crr) {
    return logs.of(crr);
  }

  /** The CRR's log, with its tail folded. */
  public Log folded(Crr crr) {
    Tail tail = tail(crr.id);
    if (!tail.folded) {
      fold(tail);
    }
    return logs.of(tail.crr);
  }

  private void fold(Tail tail) {
    logs.of(tail.crr).fold();
    course++;
    tail.appended = 0;
    tail.folded = true;
    tail.deletes = false;
  }

  /** Folds every CRR that is in order, and then does {@code more} with each. */
  public void foldAll(Consumer<Crr> more) {
    enter();
    for (long id : registry.all()) {
      Crr crr = registry.byId(id);
      if (crr != null && crr.fault() == null) {
        fold(tail(crr.id));
        more.accept(crr);
      }
    }
  }

  /**
   * Another number whenever a log or row index may have been changed by anything but a merge: by a
   * local write, a fold, a transaction's beginning, or what has been undone.
   */
  public long course() {
    return course;
  }

  /**
   * Whether a cell of the same write may still join an entry: it is of this transaction and nobody
   * has read it.
   */
  public boolean joinable(long at) {
    return entered && at > joinFloor;
  }

  /**
   * Whether the triggers of a table shall capture what they see, called by each of them first.
   *
   * @throws SqliteException if they cannot
   */
  public boolean capturing(long table) {
    if (applying == table) {
      return false;
    }
    enter();
    tail(table).written = true;
    return true;
  }

  /**
   * Runs statements that apply a merged change.
   *
   * @param crr the table whose own writes are not to be captured; null if all are
   */
  public void merging(Crr crr, Runnable statements) {
    applying = crr == null ? NOTHING : crr.id;
    merging = true;
    try {
      statements.run();
    } finally {
      applying = NOTHING;
      merging = false;
    }
  }

  /** Whether a merge is writing the user's table, so that a trigger which asks was fired by it. */
  public boolean isMerging() {
    return merging;
  }

  /** Whether the transaction that was entered has not ended: the database cannot be detached. */
  public boolean isOpen() {
    return entered;
  }

  /** Forgets the tails, of what may now be another file. */
  public void forget() {
    tails.clear();
    lastTail = null;
  }

  /** Whether this transaction has written the table, or may have. */
  public boolean written(long id) {
    return renumbered || (tails.containsKey(id) && tails.get(id).written);
  }

  /** SQLite tells of the connection's transaction from now on. */
  void begun() {
    entered = true;
    course++;
    renumbered = false;
    firstAt = 0;
    lastTail = null;
    for (Tail tail : tails.values()) {
      tail.folded = false;
      tail.deletes = false;
      tail.written = false;
    }
  }

  /** The transaction is about to commit. */
  void committing() {
    registry.refresh(true);
    if (begunWith != registry.generation()) {
      checkWritten();
    }
    markFirst();
    clock.store();
  }

  /** Marks the transaction's first entry so far, before its table's number may change. */
  public void markFirst() {
    Crr crr = firstAt == 0 ? null : registry.byId(firstTable);
    if (crr != null) {
      logs.of(crr).markFirst(firstAt);
    }
  }

  /** All tables have other numbers now, so that it is no longer known which have been written. */
  public void renumbered() {
    renumbered = true;
  }

  /**
   * The schema has changed since the transaction's first write: were all tables captured to its
   * end?
   */
  private void checkWritten() {
    if (registry.unfinished() != null) {
      throw new SqliteException(SqliteException.ERROR, registry.unfinished() + ROLLED_BACK);
    }
    for (long id : registry.all()) {
      Crr crr = written(id) ? registry.byId(id) : null;
      if (crr != null && crr.fault() != null) {
        throw new SqliteException(SqliteException.ERROR, crr.fault() + ROLLED_BACK);
      }
    }
  }

  /** The transaction has been committed. */
  void committed() {
    registry.committed();
    entered = false;
    settled = false;
    firstAt = 0;
  }

  /** The transaction has been rolled back, in whole or to a savepoint. */
  void undone(boolean whole) {
    course++;
    registry.undone();
    sites.invalidate();
    lastTail = null;
    settled = false;
    for (Tail tail : tails.values()) {
      tail.folded = false;
      tail.deletes = false;
    }
    if (whole) {
      committed();
      clock.forget();
    } else {
      clock.doubt();
    }
  }
}
