package io.crsql.engine.merge;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Held;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges changes one by one: commutative, associative and idempotent in values and metadata alike.
 *
 * <p>Rows are a causal-length set (Yu and Rostad, "A Low-Cost Set CRDT Based on Causal Lengths",
 * PaPoC 2020): the larger life wins, and cells of an older one are dropped. Cells within a life are
 * last-writer-wins registers (Shapiro et al., "A comprehensive study of Convergent and Commutative
 * Replicated Data Types", INRIA RR-7506, section 3.2.1) ordered by the stamp (version, site); the
 * winner's stamp is adopted even if the values are equal, because a third peer relies on it.
 */
public final class Merge {
  private final Schema schema;
  private final Transaction transaction;
  private final Clock clock;
  private final Sites sites;
  private final Map<Long, UserTable> tables = new HashMap<>();

  /** The table that was asked for last. */
  private UserTable last;

  /** Merges into {@code db}. */
  public Merge(Schema schema, Transaction transaction, Clock clock, Sites sites) {
    this.schema = schema;
    this.transaction = transaction;
    this.clock = clock;
    this.sites = sites;
  }

  /**
   * Merges one change.
   *
   * @return whether it has changed anything that is replicated
   * @throws SqliteException if the user's table refuses it; nothing has then been written
   */
  public boolean merge(Change change) {
    if (transaction.isMerging()) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_changes: a trigger fired by a merge must not merge; guard it with WHEN NOT"
              + " crsql_merging()");
    }
    clock.see(change.lastVersion());
    Log log = transaction.folded(Transaction.writable(change.crr()));
    Shortcut shortcut = table(log).shortcut();
    if (shortcut.take(change)) {
      return true;
    }
    Row row = log.row(Key.of(change.key()));
    if (log.mayBeStale()) {
      // The caller may have altered the table since this transaction's first write.
      log = transaction.folded(transaction.current(log.crr));
      change = change.in(log.crr);
    }
    shortcut.expect(row);
    if (change.life() < row.life()) {
      return false;
    }
    return merge(log, change, row);
  }

  private boolean merge(Log log, Change change, Row row) {
    List<Entry> entries = table(log).shortcut().entries(change, row);
    if (change.life() > row.life()) {
      apply(log, change, row, entries, 0, log.crr.spellsKeys);
      return true;
    }
    Contest contest = Contest.of(change, entries, sites, table(log).contents());
    if (contest.isLost()) {
      contest.noteLosses(log);
      return false;
    }
    Change winner = change.only(contest.won());
    boolean spells = log.crr.spellsKeys && spells(log, winner, entries);
    if (!winner.isUnknown() || spells) {
      apply(log, winner, row, entries, contest.again(), spells);
      contest.noteLosses(log);
      return true;
    }
    return false;
  }

  /** Whether the row has a later life than that of a change which has just been merged. */
  public boolean isPast(Change change) {
    return change.life() < transaction.log(change.crr()).row(Key.of(change.key())).life();
  }

  /** Writes what wins of a change, or all of one that begins or ends a life. */
  private void apply(
      Log log, Change change, Row row, List<Entry> entries, long again, boolean spells) {
    Key key = Key.of(change.key());
    long mark = clock.now();
    Aftermath aftermath = table(log).write(change, row, spells);
    if (aftermath != null) {
      log.deleteLocal(key, mark);
      clock.doubt();
    }
    index(log, change, key, row, entries, again);
    if (aftermath != null) {
      aftermath.capture();
    }
  }

  /**
   * Lets the held rows of a table into it that it no longer refuses, after its constraints or
   * triggers may have changed.
   */
  public void reconsider(Crr crr) {
    if (!transaction.log(crr).holds()) {
      return;
    }
    Log log = transaction.folded(crr);
    Stmt keys = log.held().keys();
    try {
      while (keys.step()) {
        // Triggers of the user's may have written this row when another one entered.
        transaction.folded(crr);
        Key key = Key.of(Value.row(keys, 0, crr.keyColumns()));
        Held.Row row = log.held().find(key);
        if (row != null) {
          reconsider(log, key, row);
        }
      }
    } finally {
      keys.reset();
    }
  }

  private void reconsider(Log log, Key key, Held.Row row) {
    long mark = clock.now();
    Aftermath aftermath = table(log).reconsider(row);
    if (aftermath != null) {
      log.deleteLocal(key, mark);
      clock.doubt();
      aftermath.capture();
    }
  }

  private UserTable table(Log log) {
    if (last != null && last.log() == log) {
      return last;
    }
    UserTable table = tables.get(log.crr.id);
    if (table == null || table.log() != log) {
      table = new UserTable(schema, log, transaction, clock, sites);
      tables.put(log.crr.id, table);
    }
    last = table;
    return table;
  }

  /**
   * Whether a change in the row's life has the say in how its key is spelled: the one with the
   * greatest stamp has. Where no cell is known here, the greatest spelling counts, whose order any
   * two peers share.
   */
  private boolean spells(Log log, Change change, List<Entry> entries) {
    if (!change.isUnknown()) {
      return Spelling.isNewest(change, entries, sites);
    }
    return Spelling.isOpen(log.crr, entries) && table(log).isSpelledLess(change.key());
  }

  /**
   * Writes the change, which wins, into the log and the index.
   *
   * @param again which of its cells, or deletion in bit 0, have the stamp of those that they
   *     replace
   */
  private void index(Log log, Change change, Key key, Row row, List<Entry> entries, long again) {
    boolean sameLife = change.life() == row.life();
    long site = sites.number(change.site());
    long marks = change.isDeletion() ? 1 : change.cols();
    if (site == Sites.OWN && (marks & ~again) != 0) {
      sites.doubt(Sites.OWN, Sites.CAME_BACK);
    }
    long[] beaten = Beaten.by(change, site, sameLife ? entries : List.of());
    List<Entry> left = new ArrayList<>(entries.size() + 1);
    boolean joined = false;
    for (Entry entry : entries) {
      long cols = sameLife && !change.isDeletion() ? entry.cols() : 0;
      cols &= ~change.colsIn(entry.group());
      boolean joins = cols != 0 && !joined && again == 0 && change.isOf(entry, site);
      joins = joins && transaction.joinable(entry.at());
      if (joins) {
        cols |= change.cols();
        joined = true;
        Beaten.add(log, entry.at(), beaten);
      }
      if (cols != entry.cols() || cols == 0) {
        log.setCols(entry.at(), cols);
      }
      if (cols != 0) {
        left.add(entry.with(cols));
      }
    }
    if (!joined && !change.isUnknown()) {
      long at = transaction.mergeTick(log.crr);
      log.appendMerged(at, key, change.cols(), change.group(), site, change.version(), beaten);
      left.add(new Entry(at, change.cols(), change.group(), site, change.version()));
    }
    Row now = new Row(change.life(), ats(left));
    if (now.life() != row.life() || !Arrays.equals(now.events(), row.events())) {
      log.putRow(key, now.life(), now.events());
    }
    table(log).shortcut().remember(change.key(), now, left);
  }

  private static long[] ats(List<Entry> entries) {
    long[] ats = new long[entries.size()];
    for (int i = 0; i < ats.length; i++) {
      ats[i] = entries.get(i).at();
    }
    return ats;
  }
}
