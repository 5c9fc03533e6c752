package io.crsql.engine.inspect;

import io.crsql.engine.log.Events;
import io.crsql.engine.log.Key;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import java.util.Arrays;

/** Checks a CRR's log and row index against each other. */
final class LogCheck {
  private static final long[] UNREADABLE = {};

  /** More bytes than the longest varint has. */
  private static final int VARINT = 10;

  private final Schema schema;
  private final Crr crr;
  private final long clock;
  private final Report report;
  private final String log;
  private final String rows;
  private final long folded;

  /** The index row's {@code events}, unless they are longer than any can be. */
  private final String events;

  /** The entry's {@code beaten} in the same way. */
  private final String beaten;

  /**
   * Checks nothing yet.
   *
   * @param clock the greatest version that there can be
   */
  LogCheck(Schema schema, Crr crr, long clock, Report report) {
    this.schema = schema;
    this.crr = crr;
    this.clock = clock;
    this.report = report;
    this.log = schema.of(Names.log(crr.registeredName));
    this.rows = schema.of(Names.rows(crr.registeredName));
    this.folded = folded(schema, crr);
    int longest = VARINT * (crr.ticks + 1);
    int longestNotes = 3 * VARINT * Crr.GROUP;
    this.beaten =
        "CASE WHEN typeof(l.beaten) IN ('blob', 'null') AND ifnull(length(l.beaten), 0) <= "
            + longestNotes
            + " THEN l.beaten ELSE '' END";
    this.events = "CASE WHEN length(r.events) > " + longest + " THEN '' ELSE r.events END";
  }

  /** Up to where the log is folded; everything is, if that cannot be told. */
  static long folded(Schema schema, Crr crr) {
    try (Stmt stmt =
        schema.prepare(
            "SELECT folded FROM " + schema.of("crsql_tables") + " WHERE id = " + crr.id)) {
      stmt.step();
      return stmt.type(0) == ValueType.INTEGER ? stmt.getLong(0) : Long.MAX_VALUE;
    }
  }

  /** Checks each entry of the log by itself and that the index has it, if it is folded. */
  void entries() {
    long last = 0;
    try (Stmt entry =
        schema.prepare(
            "SELECT l.at, l.cols, l.part, l.site, l.version,"
                + (" l.site IN (SELECT id FROM " + schema.of("crsql_sites") + "), r.cl, ")
                + (events + ", " + beaten + ", " + crr.logKey("l."))
                + (" FROM " + log + " l LEFT JOIN " + rows + " r ON ")
                + (crr.sameLogKey("l.", "r.") + " ORDER BY l.at"))) {
      while (entry.step()) {
        last = entry.getLong(0);
        String fault = fault(entry);
        fault = fault == null ? indexFault(entry) : fault;
        if (fault != null) {
          report.add(
              report.row(crr.name, entry, 9, crr.keyColumns()),
              "its log entry " + last + " " + fault,
              Report.RESTORE);
        }
      }
    }
    if (folded > last && folded < Long.MAX_VALUE) {
      report.add(
          Report.table(crr.name),
          "its log ends at " + last + " and is folded up to " + folded,
          Report.RESTORE);
    }
  }

  /** Checks that the first deletion in the tail is noted, so that readers look for others. */
  void deletions() {
    try (Stmt first =
        schema.prepare(
            "SELECT first FROM (SELECT min(at) AS first FROM "
                + (log + " WHERE at > ?1 AND cols = 0 AND site IS NULL), ")
                + (schema.of("crsql_tables") + " WHERE id = " + crr.id)
                + " AND (typeof(deleted) <> 'integer' OR deleted = 0 OR first < deleted)"
                + " AND first IS NOT NULL")) {
      first.bindLong(1, folded);
      if (first.step()) {
        report.add(
            Report.table(crr.name),
            "crsql_tables does not tell of the deletion at " + first.getLong(0) + " in its log",
            "call crsql_optimize()");
      }
    }
  }

  private String fault(Stmt entry) {
    boolean local = entry.type(3) == ValueType.NULL;
    boolean integers = entry.type(1) == ValueType.INTEGER && entry.type(2) == ValueType.INTEGER;
    if (!integers
        || !(local || entry.type(3) == ValueType.INTEGER)
        || entry.type(4) != (local ? ValueType.NULL : ValueType.INTEGER)) {
      return "has cols, part, site or version of a wrong type";
    }
    long at = entry.getLong(0);
    long cols = entry.getLong(1);
    long group = entry.getLong(2) >> 1;
    if (group < 0 || group >= crr.groups() || (cols & ~crr.fullMask((int) group)) != 0) {
      return "is about columns that the table never had";
    } else if (cols == 0 && group != 0) {
      return "is a deletion of some columns only";
    } else if (!local && entry.getLong(5) == 0) {
      return "is by a site that crsql_sites does not have";
    }
    int low = cols == 0 ? 0 : Long.numberOfTrailingZeros(cols);
    int high = cols == 0 ? 0 : 63 - Long.numberOfLeadingZeros(cols);
    long version = local ? at : entry.getLong(4);
    if (at < 1 || at > clock || version < 1 - low || version > clock - high) {
      return "has a version that is not from 1 to the clock, " + clock;
    }
    long[] notes = read(entry, 8);
    if (notes == UNREADABLE || notes.length % 3 != 0) {
      return "has notes on what it has beaten that cannot be read";
    }
    long life = indexed(entry) && entry.type(6) == ValueType.INTEGER ? entry.getLong(6) : 0;
    return version + low < life ? "has a version below the causal length, " + life : null;
  }

  private boolean indexed(Stmt entry) {
    return entry.type(3) != ValueType.NULL || entry.getLong(0) <= folded;
  }

  private String indexFault(Stmt entry) {
    boolean known = contains(read(entry, 7), entry.getLong(0));
    if (known == indexed(entry)) {
      return null;
    }
    return known ? "is in the index although it is not folded" : "is missing in the index";
  }

  private static long[] read(Stmt row, int i) {
    try {
      return Events.read(row, i);
    } catch (SqliteException e) {
      return UNREADABLE;
    }
  }

  private static boolean contains(long[] ats, long at) {
    for (long one : ats) {
      if (one == at) {
        return true;
      }
    }
    return false;
  }

  /** Checks each row of the index and that the log has its entries. */
  void index() {
    try (Stmt row =
            schema.prepare("SELECT r.cl, " + events + ", " + keys() + " FROM " + rows + " r");
        Stmt entry =
            schema.prepare(
                "SELECT cols, part >> 1, " + sameKey() + " FROM " + log + " WHERE at = ?1")) {
      Key key = Key.of(row, 2, crr.keyColumns());
      long[] claimed = new long[crr.groups()];
      while (row.step()) {
        String fault;
        if (row.type(0) != ValueType.INTEGER || row.getLong(0) < 1 || row.getLong(0) > clock) {
          fault = "has a causal length that is not from 1 to the clock, " + clock;
        } else {
          key.bind(entry, 2);
          fault = fault(row, entry, claimed);
        }
        if (fault != null) {
          report.add(
              report.row(crr.name, row, 2, crr.keyColumns()),
              "its row in the index " + fault,
              Report.RESTORE);
        }
      }
    }
  }

  private String keys() {
    return crr.logKey("r.");
  }

  private String sameKey() {
    return crr.logKeyIs(2);
  }

  private String fault(Stmt row, Stmt entry, long[] claimed) {
    long[] ats = read(row, 1);
    if (ats == UNREADABLE) {
      return "has events that cannot be read";
    }
    boolean alive = (row.getLong(0) & 1) != 0;
    if (!alive && ats.length != 1) {
      return "is deleted, and has " + ats.length + " log entries instead of one";
    }
    Arrays.fill(claimed, 0);
    for (long at : ats) {
      String fault = fault(at, alive, entry, claimed);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private String fault(long at, boolean alive, Stmt entry, long[] claimed) {
    try {
      entry.bindLong(1, at);
      if (!entry.step()) {
        return "has the log entry " + at + ", which is not there";
      }
      long cols = entry.getLong(0);
      long group = entry.getLong(1);
      if (entry.getLong(2) == 0) {
        return "has the log entry " + at + ", which is another row's";
      } else if (alive != (cols != 0)) {
        return (alive ? "is alive" : "is deleted") + ", which its log entry " + at + " is not";
      } else if (group >= 0 && group < claimed.length) {
        if ((claimed[(int) group] & cols) != 0) {
          return "has the log entry " + at + ", whose columns another entry has too";
        }
        claimed[(int) group] |= cols;
      }
      return null;
    } finally {
      entry.reset();
    }
  }
}
