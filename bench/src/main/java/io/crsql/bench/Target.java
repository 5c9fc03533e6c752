package io.crsql.bench;

import java.util.List;
import java.util.Optional;

/**
 * What a work is to reach.
 *
 * @param key of which kind of key
 * @param rows of how many rows; 0: of any number
 */
record Target(String work, String key, long rows, Kind kind, double bound) {
  /** What is compared with the bound. */
  enum Kind {
    /** CPU time, or size, against plain SQLite: at most */
    RATIO,
    /** cells in a second of CPU time: at least */
    PER_SECOND,
    /** CPU time of each, in milliseconds: at most */
    MILLISECONDS
  }

  /** How many MB more than plain SQLite any work may take at its peak. */
  static final double MEMORY = 16;

  /** How many milliseconds a delta of 100 cells may take. */
  static final double DELTA = 0.5;

  private static final String TEXT = "text";
  private static final String INTEGER = "integer";

  static final List<Target> ALL =
      List.of(
          ratio("insert", TEXT, 1.8),
          ratio("insert", INTEGER, 2.5),
          ratio("update_column", TEXT, 1.8),
          ratio("update_column", INTEGER, 2.7),
          ratio("update_statement", TEXT, 4),
          ratio("update_statement", INTEGER, 4),
          ratio("update_all", TEXT, 2),
          ratio("update_all", INTEGER, 3),
          ratio("delete_half", TEXT, 1.8),
          ratio("delete_half", INTEGER, 3.3),
          ratio("insert_transactions", TEXT, 1.4),
          ratio("insert_transactions", INTEGER, 1.6),
          ratio("adopt", TEXT, 1),
          ratio("adopt", INTEGER, 3),
          ratio("size", TEXT, 1.35),
          ratio("size", INTEGER, 1.35),
          ratio("size_folded", TEXT, 1.65),
          ratio("size_folded", INTEGER, 1.65),
          ratio("merge_changesets", TEXT, 4),
          ratio("merge_changesets", INTEGER, 8),
          ratio("merge_rows", TEXT, 10),
          ratio("merge_rows", INTEGER, 20),
          ratio("select_by_key", TEXT, 1.1),
          ratio("select_by_key", INTEGER, 1.1),
          ratio("select_scan", TEXT, 1.1),
          ratio("select_scan", INTEGER, 1.1),
          new Target("merge_changesets_again", TEXT, 0, Kind.PER_SECOND, 2e6),
          new Target("merge_changesets_again", INTEGER, 0, Kind.PER_SECOND, 2e6),
          new Target("read_changes", TEXT, 0, Kind.PER_SECOND, 1e6),
          new Target("read_changes", INTEGER, 0, Kind.PER_SECOND, 1e6),
          new Target("read_changesets", TEXT, 0, Kind.PER_SECOND, 2.5e6),
          new Target("read_changesets", INTEGER, 0, Kind.PER_SECOND, 2.5e6),
          new Target("delta_rows", TEXT, 1000000, Kind.MILLISECONDS, DELTA),
          new Target("delta_rows", INTEGER, 1000000, Kind.MILLISECONDS, DELTA),
          new Target("delta_changeset", TEXT, 1000000, Kind.MILLISECONDS, DELTA),
          new Target("delta_changeset", INTEGER, 1000000, Kind.MILLISECONDS, DELTA),
          new Target("load_first", TEXT, 0, Kind.MILLISECONDS, 1),
          new Target("load_first", INTEGER, 0, Kind.MILLISECONDS, 1));

  private static Target ratio(String work, String key, double bound) {
    return new Target(work, key, 0, Kind.RATIO, bound);
  }

  /** The target of the work, if it has one. */
  static Optional<Target> of(Work work) {
    return ALL.stream().filter(target -> target.isOf(work)).findFirst();
  }

  private boolean isOf(Work measured) {
    return work.equals(measured.name())
        && key.equals(measured.key())
        && (rows == 0 || rows == measured.rows());
  }

  /** What crsql has reached, in the target's own unit; empty if there is no result. */
  Optional<Double> reached(Work measured) {
    return switch (kind) {
      case RATIO -> measured.ratio(Work.CRSQL);
      case PER_SECOND -> measured.side(Work.CRSQL).map(Side::perSecond);
      case MILLISECONDS -> measured.side(Work.CRSQL).map(side -> side.each() * 1e3);
    };
  }

  /** In words: what it is, and whether that is enough. */
  String verdict(Work measured) {
    Optional<Double> reached = reached(measured);
    if (reached.isEmpty()) {
      Side side = measured.sides().get(Work.CRSQL);
      return "not measured: " + (side == null ? "it did not take part" : side.why());
    }
    boolean met = kind == Kind.PER_SECOND ? reached.get() >= bound : reached.get() <= bound;
    return met
        ? "met: " + figure(reached.get()) + ", asked for " + figure(bound)
        : "missed: " + figure(reached.get()) + " instead of " + figure(bound);
  }

  private String figure(double value) {
    return switch (kind) {
      case RATIO -> Names.ratio(value);
      case PER_SECOND -> Names.count(value) + " cells/s";
      case MILLISECONDS -> Names.ratio(value) + " ms";
    };
  }
}
