package io.crsql.engine.changes;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.engine.schema.Names;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.function.BooleanSupplier;

/**
 * What a query on {@code crsql_changes} narrows down: chosen in {@code xBestIndex} as bits, read
 * back with their values when the scan begins. SQLite checks every constraint again, so a bound may
 * be loose.
 */
final class ScanPlan {
  private static final int TABLE = 1;
  private static final int AFTER = 1 << 1;
  private static final int UNTIL = 1 << 2;
  private static final int VERSION = 1 << 3;
  private static final int AT = 1 << 4;
  private static final int SITE = 1 << 5;
  private static final int OWN_SITE = 1 << 6;
  private static final int BY_VERSION = 1 << 7;
  private static final int SCHEMA = 1 << 8;

  /** The database to read. */
  Replica replica;

  /** How the query spells the database's name: SQLite may compare it again. */
  String schema;

  /** Only the table of that name; null for all. */
  String table;

  /** Only entries with a greater {@code at}. */
  long after;

  /** Only entries with an {@code at} up to this. */
  long until = Long.MAX_VALUE;

  /** Only cells with a greater version. */
  long version;

  /** Only what this site wrote; null for all. */
  byte[] site;

  /** Only what this database wrote. */
  boolean ownSite;

  /** The rows must come in the order of their versions. */
  boolean byVersion;

  /**
   * Chooses. Each kind of constraint is used at most once.
   *
   * @param schema the column that names the database
   * @param arriveByVersion whether main's changes have, so far, arrived in the order of their
   *     versions
   */
  static void choose(IndexInfo info, SchemaColumn schema, BooleanSupplier arriveByVersion) {
    int plan = schema.choose(info) ? SCHEMA : 0;
    for (int bit = TABLE; bit <= OWN_SITE; bit <<= 1) {
      for (int i = 0; i < info.constraints() && (plan & bit) == 0; i++) {
        if (info.usable(i) && serves(bit, info.column(i), info.operator(i))) {
          plan |= bit;
          if (bit != OWN_SITE) {
            info.use(i, Integer.bitCount(plan) - 1, false);
          }
        }
      }
    }
    boolean delta = (plan & (AFTER | VERSION | AT)) != 0;
    long rows = (delta ? 1_000 : 1_000_000) >> ((plan & TABLE) != 0 ? 2 : 0);
    boolean ascending = info.orderings() == 1 && !info.orderDescending(0);
    boolean byArrival = ascending && info.orderColumn(0) == ChangesTable.DB_VERSION;
    boolean byVersion =
        ascending
            && info.orderColumn(0) == ChangesTable.VERSION
            && (plan & SCHEMA) == 0
            && arriveByVersion.getAsBoolean();
    plan |= byVersion ? BY_VERSION : 0;
    info.plan(plan, rows * 2.0, rows, byArrival || byVersion);
  }

  private static boolean serves(int bit, int column, int operator) {
    boolean equal = operator == IndexInfo.EQ || operator == IndexInfo.IS;
    boolean lower = operator == IndexInfo.GT || operator == IndexInfo.GE;
    boolean upper = operator == IndexInfo.LT || operator == IndexInfo.LE;
    switch (bit) {
      case TABLE:
        return column == ChangesTable.TABLE && equal;
      case AFTER:
        return column == ChangesTable.DB_VERSION && lower;
      case UNTIL:
        return column == ChangesTable.DB_VERSION && upper;
      case VERSION:
        return column == ChangesTable.VERSION && (lower || equal);
      case AT:
        return column == ChangesTable.DB_VERSION && equal;
      case SITE:
        return column == ChangesTable.SITE_ID && operator == IndexInfo.EQ;
      default:
        return column == ChangesTable.SITE_ID && operator == IndexInfo.IS_NULL;
    }
  }

  /** Reads the chosen plan's values. */
  static ScanPlan read(int plan, Values args, SchemaColumn schema) {
    ScanPlan scan = new ScanPlan();
    int arg = 0;
    if ((plan & SCHEMA) != 0) {
      scan.replica = schema.named(args, arg);
      scan.schema = args.getText(arg++);
    } else {
      scan.replica = schema.main();
      scan.schema = scan.replica.schema().name();
    }
    if ((plan & TABLE) != 0) {
      scan.table = args.type(arg) == ValueType.NULL ? "" : args.getText(arg);
      arg++;
    }
    if ((plan & AFTER) != 0) {
      scan.after = below(args, arg++);
    }
    if ((plan & UNTIL) != 0) {
      scan.until = upTo(args, arg++);
    }
    if ((plan & VERSION) != 0) {
      scan.version = below(args, arg++);
    }
    if ((plan & AT) != 0) {
      scan.after = Math.max(scan.after, below(args, arg));
      scan.until = Math.min(scan.until, upTo(args, arg++));
    }
    if ((plan & SITE) != 0) {
      scan.site = args.type(arg) == ValueType.BLOB ? args.getBytes(arg) : new byte[0];
    }
    scan.ownSite = (plan & OWN_SITE) != 0;
    scan.byVersion = (plan & BY_VERSION) != 0;
    return scan;
  }

  /** All entries with a greater {@code at}. */
  static ScanPlan after(long after) {
    ScanPlan plan = new ScanPlan();
    plan.after = after;
    return plan;
  }

  /**
   * Whether the table may be one that is asked for; SQLite looks again, under the collation it was
   * asked under.
   */
  boolean admits(String name) {
    return table == null || Names.asciiLower(table).equals(Names.asciiLower(name));
  }

  /**
   * One less than the value, and so a bound for =, > and >= alike; none if it is not an integer.
   */
  private static long below(Values args, int i) {
    return args.type(i) == ValueType.INTEGER ? Math.max(1, args.getLong(i)) - 1 : 0;
  }

  private static long upTo(Values args, int i) {
    return args.type(i) == ValueType.INTEGER ? args.getLong(i) : Long.MAX_VALUE;
  }
}
