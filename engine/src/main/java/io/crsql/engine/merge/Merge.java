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
import io.crsql.engine.value.Bytes;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
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
   * @return false if the row has a later life
   * @throws SqliteException if the user's table refuses it; nothing has then been written
   */
  public boolean apply(Change change) {
    if (transaction.isMerging()) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_changes: a trigger fired by a merge must not merge; guard it with WHEN NOT"
              + " crsql_merging()");
    }
    clock.see(change.version());
    Log log = transaction.folded(Transaction.writable(change.crr()));
    Key key = Key.of(change.key());
    Row row = log.row(key);
    if (log.mayBeStale()) {
      // The caller may have altered the table since this transaction's first write.
      log = transaction.folded(transaction.current(log.crr));
      change = change.in(log.crr);
    }
    if (change.life() < row.life()) {
      return false;
    }
    List<Entry> entries = log.entries(row);
    boolean sameLife = change.life() == row.life();
    Entry rival = sameLife ? current(entries, change) : null;
    if (rival != null && loses(log, change, rival)) {
      return true;
    }
    boolean spells = log.crr.spellsKeys && (!sameLife || spells(log, change, entries));
    if (sameLife && change.isUnknown() && !spells) {
      return true;
    }
    long mark = clock.now();
    Aftermath aftermath = table(log).write(change, row, spells);
    if (aftermath != null) {
      log.deleteLocal(key, mark);
      clock.doubt();
    }
    index(log, change, key, row, sameLife, entries, rival);
    if (aftermath != null) {
      aftermath.capture();
    }
    return true;
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
    UserTable table = tables.get(log.crr.id);
    if (table == null || table.log() != log) {
      table = new UserTable(schema, log, transaction);
      tables.put(log.crr.id, table);
    }
    return table;
  }

  private static Entry current(List<Entry> entries, Change change) {
    for (Entry entry : entries) {
      if (change.isDeletion() ? entry.cols() == 0 : entry.has(change.group(), change.bit())) {
        return entry;
      }
    }
    return null;
  }

  /** Whether the cell or deletion that is there stays. */
  private boolean loses(Log log, Change change, Entry rival) {
    int order = compare(change, rival, change.bit());
    if (order < 0) {
      Beaten.note(log, sites, rival, change);
    } else if (order == 0) {
      order = table(log).contents().compare(change, rival.at());
      if (order != 0) {
        sites.doubt(rival.site(), Sites.TWO_WRITERS);
      }
    }
    return order <= 0;
  }

  /** Compares the change's stamp with that of the entry's cell at {@code bit}. */
  private int compare(Change change, Entry entry, int bit) {
    long version = entry.version() + bit;
    return change.version() != version
        ? Long.compare(change.version(), version)
        : Bytes.compare(change.site(), sites.bytes(entry.site()));
  }

  /**
   * Whether a change in the row's life has the say in how its key is spelled: the one with the
   * greatest stamp has. Where no cell is known here, the greatest spelling counts, whose order any
   * two peers share.
   */
  private boolean spells(Log log, Change change, List<Entry> entries) {
    if (!change.isUnknown()) {
      return isNewest(log.crr, change, entries);
    }
    for (Entry entry : entries) {
      if ((entry.cols() & log.crr.liveMask(entry.group())) != 0) {
        return false;
      }
    }
    return table(log).isSpelledLess(change.key());
  }

  /**
   * Whether no cell of the row has a greater stamp. Copies that write as one site may give a stamp
   * to two columns: the later column counts as greater then, so that all peers agree.
   */
  private boolean isNewest(Crr crr, Change change, List<Entry> entries) {
    for (Entry entry : entries) {
      // Slots of columns that are gone do not count: another peer may never have had them.
      long cols = entry.cols() & crr.liveMask(entry.group());
      if (cols != 0) {
        int bit = 63 - Long.numberOfLeadingZeros(cols);
        int order = compare(change, entry, bit);
        if (order < 0 || (order == 0 && change.slot() < entry.group() * Crr.GROUP + bit)) {
          return false;
        }
      }
    }
    return true;
  }

  private void index(
      Log log,
      Change change,
      Key key,
      Row row,
      boolean sameLife,
      List<Entry> entries,
      Entry rival) {
    long site = sites.number(change.site());
    boolean again = rival != null && compare(change, rival, change.bit()) == 0;
    if (site == Sites.OWN && !again && !change.isUnknown()) {
      sites.doubt(Sites.OWN, Sites.CAME_BACK);
    }
    long[] beaten = Beaten.by(change, site, rival);
    long[] events = new long[entries.size() + 1];
    int kept = 0;
    boolean joined = false;
    for (Entry entry : entries) {
      long left = sameLife && !change.isDeletion() ? entry.cols() : 0;
      if (entry.group() == change.group()) {
        left &= ~change.cols();
      }
      boolean joins = left != 0 && !joined && !again && isSameWrite(change, entry, site);
      if (joins) {
        left |= change.cols();
        joined = true;
        Beaten.add(log, entry.at(), beaten);
      }
      if (left != entry.cols() || left == 0) {
        log.setCols(entry.at(), left);
      }
      if (left != 0) {
        events[kept++] = entry.at();
      }
    }
    if (!joined && !change.isUnknown()) {
      long at = transaction.mergeTick(log.crr);
      log.appendMerged(at, key, change.cols(), change.group(), site, change.groupVersion(), beaten);
      events[kept++] = at;
    }
    log.putRow(key, change.life(), Arrays.copyOf(events, kept));
  }

  private boolean isSameWrite(Change change, Entry entry, long site) {
    return entry.group() == change.group()
        && entry.site() == site
        && entry.version() == change.groupVersion()
        && transaction.joinable(entry.at());
  }
}
