package io.crsql.engine.transaction;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Logs;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Registry;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.HashMap;
import java.util.Map;

/**
 * The connection's write transaction: gives out ticks, folds logs whose tail has grown long, and
 * finishes what a commit needs.
 *
 * <p>It learns of a transaction's ends as a virtual table does (see {@link TransactionTable}),
 * since the commit hook has one slot only, which belongs to the host program.
 */
public final class Transaction {
  /** How many local entries a log's tail may have before a tick folds it. */
  static final int LONGEST_TAIL = 100_000;

  private static final long NOTHING = -1;

  private final Db db;
  private final Registry registry;
  private final Clock clock;
  private final Sites sites;
  private final Logs logs;
  private final Stmt enlist;

  /** How many local entries this connection has appended since the last fold, by table. */
  private final Map<Integer, Tail> tails = new HashMap<>();

  private Tail lastTail;
  private boolean enlisted;

  /** Whether the schema and the clock are known as they are in this transaction. */
  private boolean settled;

  private long firstAt;
  private int firstTable;
  private long writeBase;
  private long joinFloor;
  private long applying = NOTHING;

  /** What is known of a log's tail. */
  private static final class Tail {
    Crr crr;
    long appended;

    /** Whether it is known to be empty. */
    boolean folded;
  }

  /** The transactions of a connection. */
  public Transaction(Db db, Registry registry, Clock clock, Sites sites, Logs logs) {
    this.db = db;
    this.registry = registry;
    this.clock = clock;
    this.sites = sites;
    this.logs = logs;
    db.table(TransactionTable.NAME, true, new TransactionTable(this));
    this.enlist = db.prepare("INSERT INTO " + TransactionTable.NAME + " VALUES(1)");
  }

  /** Finalises its statement. */
  public void close() {
    enlist.close();
  }

  /**
   * Called before anything is written: makes sure that this transaction is known, and with it the
   * schema and the clock as they are under the write lock.
   */
  public void enter() {
    if (settled) {
      return;
    }
    boolean begins = !enlisted;
    if (begins) {
      try {
        enlist.step();
      } finally {
        enlist.reset();
      }
    }
    registry.refresh(true);
    clock.refresh();
    if (begins) {
      joinFloor = clock.now();
    }
    settled = true;
  }

  /** Called before anything is read: the schema and the clock as they are now. */
  public void look() {
    registry.refresh(enlisted || db.autocommit());
    clock.refresh();
    joinFloor = clock.now();
  }

  /**
   * The ticks of a row write, called by the capture triggers.
   *
   * @return the first of them
   */
  public long tick(long table, long ticks) {
    enter();
    Tail tail = tail((int) table);
    if (ticks < 1 || ticks > tail.crr.ticks) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql_tick: only crsql's own triggers may call it");
    }
    if (++tail.appended > LONGEST_TAIL && applying == NOTHING) {
      fold(tail);
    }
    tail.folded = false;
    writeBase = clock.tick(ticks);
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

  private Tail tail(int table) {
    if (lastTail != null && lastTail.crr.id == table) {
      return lastTail;
    }
    Crr crr = registry.byId(table);
    if (crr == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql: a capture trigger belongs to no replicated table; drop it or call crsql_as_crr");
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

  /** Gives the CRR back, or throws what is wrong with its capture. */
  public static Crr writable(Crr crr) {
    if (crr.fault() != null) {
      throw new SqliteException(SqliteException.ERROR, crr.fault());
    }
    return crr;
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
    tail.appended = 0;
    tail.folded = true;
  }

  /** Folds every CRR that is in order. */
  public void foldAll() {
    enter();
    for (long id : registry.all()) {
      Crr crr = registry.byId(id);
      if (crr != null && crr.fault() == null) {
        fold(tail(crr.id));
      }
    }
  }

  /**
   * Whether a cell of the same write may still join an entry: it is of this transaction and nobody
   * has read it.
   */
  public boolean joinable(long at) {
    return enlisted && at > joinFloor;
  }

  /** Whether the triggers of a table shall capture what they see. */
  public boolean capturing(long table) {
    return applying != table;
  }

  /**
   * Runs statements that apply a merged change to a table, whose own writes to it are not captured.
   */
  public void applying(long table, Runnable statements) {
    long before = applying;
    applying = table;
    try {
      statements.run();
    } finally {
      applying = before;
    }
  }

  /** SQLite has enlisted the transaction. */
  void begun() {
    enlisted = true;
    firstAt = 0;
    lastTail = null;
    for (Tail tail : tails.values()) {
      tail.folded = false;
    }
  }

  /** The transaction is about to commit. */
  void committing() {
    registry.refresh(true);
    if (firstAt != 0) {
      Crr crr = registry.byId(firstTable);
      if (crr != null) {
        logs.of(crr).markFirst(firstAt);
      }
    }
    clock.store();
  }

  /** The transaction has been committed. */
  void committed() {
    enlisted = false;
    settled = false;
    firstAt = 0;
  }

  /** The transaction has been rolled back, in whole or to a savepoint. */
  void undone(boolean whole) {
    registry.invalidate();
    sites.invalidate();
    lastTail = null;
    settled = false;
    for (Tail tail : tails.values()) {
      tail.folded = false;
    }
    if (whole) {
      committed();
      clock.forget();
    } else {
      clock.doubt();
    }
  }
}
