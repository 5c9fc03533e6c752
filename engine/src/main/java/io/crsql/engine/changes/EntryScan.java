package io.crsql.engine.changes;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * A scan of one table's current log entries, in the order of their arrival, each joined with its
 * row's values.
 */
public final class EntryScan implements Source {
  /** Where an entry's key begins in {@link #entry()}. */
  public static final int KEY = 7;

  private static final int AT = 0;
  private static final int COLS = 1;
  private static final int PART = 2;
  private static final int SITE = 3;
  private static final int VERSION = 4;
  private static final int LIFE = 5;
  private static final int PRESENT = 6;

  /** The table. */
  public final Crr crr;

  private final Schema schema;
  private final Log log;
  private final long began;
  private final String entriesQuery;
  private final Stmt entries;
  private final Tail tail;
  private Stmt newer;

  /** Of a table too wide to be joined: by group a statement that gives the row's values. */
  private final Stmt[] apart;

  /** By group and bit where the value stands. */
  private final int[][] places;

  private final Key key;

  /** The entry that the scan stands on. */
  private long at;

  private long cols;
  private int group;
  private long life;
  private boolean local;

  /** Whether the row is held aside. */
  private boolean held;

  /**
   * Prepares the scan.
   *
   * @param after only entries with a greater {@code at}
   * @param until only entries with an {@code at} up to this
   * @param began the clock as it is now: later entries are none of the scan's
   * @param condition what else the entries are chosen by, with {@code ?3}; or empty
   * @param site the value of {@code ?3}
   */
  EntryScan(
      Replica replica, Log log, long after, long until, long began, String condition, long site) {
    this.schema = replica.schema();
    this.log = log;
    this.crr = log.crr;
    this.began = began;
    this.apart = crr.groups() == 1 ? null : new Stmt[crr.groups()];
    this.places = new int[crr.groups()][];
    for (int i = 0; i < places.length; i++) {
      places[i] = places(crr, i, apart == null ? KEY + crr.keyColumns() : 1);
    }
    entriesQuery = query(condition);
    entries = log.borrow(entriesQuery);
    at = after;
    entries.bindLong(1, at);
    entries.bindLong(2, Math.min(began, until));
    if (!condition.isEmpty()) {
      entries.bindLong(3, site);
    }
    key = Key.of(entries, KEY, crr.keyColumns());
    tail = new Tail(log, after, began);
  }

  /**
   * Prepares a scan of all entries after {@code after}.
   *
   * @param now the clock
   */
  public EntryScan(Replica replica, Log log, long after, long now) {
    this(replica, log, after, now, now, "", 0);
  }

  private String query(String condition) {
    StringBuilder sql =
        new StringBuilder("SELECT r.at, r.cols, r.part, r.site, r.version, coalesce(i.cl, 1), ");
    String table = schema.of(Names.quote(crr.name));
    boolean joined = apart == null;
    sql.append(joined ? "t." + crr.keyName(0) + " IS NOT NULL, " : "0, ");
    sql.append(crr.logKey("r."));
    if (joined) {
      columns(sql, 0, ", t.");
    }
    sql.append(" FROM ").append(log.name()).append(" AS r LEFT JOIN ");
    sql.append(schema.of(Names.rows(crr.registeredName)));
    // Hardly any row has another life than its first, and only those are in this index.
    sql.append(" AS i INDEXED BY ").append(Names.lives(crr.id)).append(" ON i.cl <> 1 AND ");
    sql.append(crr.sameLogKey("i.", "r."));
    if (joined) {
      sql.append(" LEFT JOIN ").append(table).append(" AS t ON ").append(crr.sameKey());
    }
    sql.append(" WHERE r.at > ?1 AND r.at <= ?2").append(condition).append(" ORDER BY r.at");
    return sql.toString();
  }

  /** Appends the columns of a group, each behind {@code before}. */
  private void columns(StringBuilder sql, int ofGroup, String before) {
    for (int bit = 0; bit < Crr.GROUP; bit++) {
      Column column = crr.column(ofGroup * Crr.GROUP + bit);
      if (column != null) {
        sql.append(before).append(column.quoted());
      }
    }
  }

  /**
   * The schema has changed: SQLite goes on with a statement that it runs, and may take one column
   * for another. Run again, it is made for the columns that there are now, or fails.
   */
  void restart() {
    entries.reset();
    entries.bindLong(1, at);
  }

  @Override
  public boolean next(long now) {
    while (entries.step()) {
      if (isCurrent(now) && (now == began || !overwritten())) {
        return true;
      }
    }
    return false;
  }

  private boolean isCurrent(long now) {
    at = entries.getLong(AT);
    cols = entries.getLong(COLS);
    group = (int) (entries.getLong(PART) >> 1);
    local = entries.type(SITE) == ValueType.NULL;
    life = entries.getLong(LIFE);
    boolean deletion = cols == 0;
    // Once this connection has folded the tail, the log says what it meant.
    if (!tail.isEmpty() && (now == began || log.folded() == tail.folded())) {
      long left;
      if (tail.contains(at, local)) {
        left = tail.left(at, cols);
        life = left == Fates.GONE ? 0 : tail.life(at, entries, KEY, life);
      } else {
        left = tail.leftOfIndexed(at, entries, KEY, cols, group, life);
      }
      if (left == Fates.GONE) {
        return false;
      }
      // What the log says now counts too: a merge may have superseded more since the scan began.
      cols &= left;
    }
    cols &= crr.liveMask(group);
    if (cols == 0) {
      return deletion;
    }
    held = !isPresent();
    return !held || log.held().has(key, life);
  }

  private boolean isPresent() {
    if (apart == null) {
      return entries.getLong(PRESENT) != 0;
    }
    Stmt values = apart[group];
    if (values == null) {
      values = apart[group] = log.borrow(valuesQuery(group));
    } else {
      values.reset();
    }
    key.bind(values, 1);
    return values.step();
  }

  private String valuesQuery(int ofGroup) {
    StringBuilder sql = new StringBuilder("SELECT NULL");
    columns(sql, ofGroup, ", " + crr.qualifier());
    sql.append(" FROM ").append(schema.of(Names.quote(crr.name)));
    return sql.append(" WHERE ").append(crr.keyIs(1)).toString();
  }

  /** Takes away what this connection has written since the scan began; whether nothing is left. */
  private boolean overwritten() {
    if (newer == null) {
      newer = log.borrow(newerQuery());
      newer.bindLong(1, began);
    }
    try {
      key.bind(newer, 2);
      while (newer.step()) {
        if (cols == 0 || newer.getLong(0) == 0) {
          return true;
        }
        cols &= newer.getLong(1) == group ? ~newer.getLong(0) : -1;
        if (cols == 0) {
          return true;
        }
      }
      return false;
    } finally {
      newer.reset();
    }
  }

  private String newerQuery() {
    return "SELECT cols, part >> 1 FROM "
        + log.name()
        + " WHERE at > ?1 AND site IS NULL AND "
        + crr.logKeyIs(2);
  }

  @Override
  public long at() {
    return at;
  }

  /** The columns that it is the current write of, as bits; 0 for a deletion. */
  public long cols() {
    return cols;
  }

  /** Which 63 slots {@link #cols()} speaks of. */
  public int group() {
    return group;
  }

  /** The life of the row that it belongs to. */
  public long life() {
    return life;
  }

  /** Whether it is the first entry of its transaction. */
  public boolean begins() {
    return (entries.getLong(PART) & 1) != 0;
  }

  /** Whether it was written here, and has not come back from elsewhere. */
  public boolean local() {
    return local;
  }

  /** The number of the site that wrote it, unless it is {@link #local()}. */
  public long site() {
    return entries.getLong(SITE);
  }

  /** The version of the group's first slot, or of the deletion. */
  public long version() {
    return local ? at : entries.getLong(VERSION);
  }

  /** A row that holds the entry's key, from {@link #KEY} on. */
  public Values entry() {
    return entries;
  }

  /** Whether the row is held aside, so that {@link #cell} tells its values. */
  public boolean held() {
    return held;
  }

  /** A row that holds the values of a row that is not held aside. */
  public Values values() {
    return apart == null ? entries : apart[group];
  }

  /** Where the value of a slot of the group stands in {@link #values()}. */
  public int place(int bit) {
    return places[group][bit];
  }

  private static int[] places(Crr crr, int group, int first) {
    int[] places = new int[Crr.GROUP];
    int place = first;
    for (int bit = 0; bit < Crr.GROUP; bit++) {
      places[bit] = place;
      place += crr.column(group * Crr.GROUP + bit) == null ? 0 : 1;
    }
    return places;
  }

  /** A statement that stands on the value of a held row's cell; the caller resets it. */
  public Stmt cell(int bit) {
    return log.held().cell(key, group * Crr.GROUP + bit);
  }

  @Override
  public void close() {
    log.giveBack(entriesQuery, entries);
    tail.close();
    if (newer != null) {
      log.giveBack(newerQuery(), newer);
    }
    for (int i = 0; apart != null && i < apart.length; i++) {
      if (apart[i] != null) {
        log.giveBack(valuesQuery(i), apart[i]);
      }
    }
  }
}
