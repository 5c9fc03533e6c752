package io.crsql.engine.log;

import io.crsql.engine.schema.Crr;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * An entry of the tail as one SQL value, so that an upsert into the row index can carry it in the
 * column {@code events}: the {@code at} of a deletion or of a write of the whole row, as the index
 * will have it. Otherwise {@code at} and {@code cols} as one negative integer or, where they do not
 * fit, {@code at}, {@code cols} and the group as text.
 */
final class TailEntry {
  /** With more columns than these, or a later {@code at}, an integer is too short. */
  private static final int MOST_PACKED = 20;

  private static final int AT_BITS = 62 - MOST_PACKED;

  private final Crr crr;
  long at;
  long cols;
  int group;

  TailEntry(Crr crr) {
    this.crr = crr;
  }

  /** Whether entries up to {@code at} fit into integers. */
  boolean packs(long last) {
    return crr.ticks <= MOST_PACKED && last >>> AT_BITS == 0;
  }

  /** The SQL expression of an entry's value; parameter {@code packs} tells whether they fit. */
  String expression(int packs) {
    return "CASE WHEN "
        + isWhole()
        + " THEN at WHEN ?"
        + packs
        + " THEN -(at << "
        + crr.ticks
        + " | cols) ELSE at || ' ' || cols || ' ' || (part >> 1) END";
  }

  /** The SQL condition that an entry is a deletion or a write of the whole row. */
  String isWhole() {
    return "(cols = 0 OR cols = " + crr.fullMask(0) + " AND part < 2)";
  }

  /** An SQL assignment that makes what is left of such values in the index entries. */
  String repair() {
    return "events = CASE typeof(events) WHEN 'text' THEN CAST(events AS INTEGER) ELSE -events >> "
        + crr.ticks
        + " END WHERE typeof(events) = 'text' OR events < 0";
  }

  /** Whether value {@code i} of a row is not an event of the index yet. */
  static boolean isPart(Values row, int i) {
    int type = row.type(i);
    return type == ValueType.TEXT || (type == ValueType.INTEGER && row.getLong(i) < 0);
  }

  /** Reads value {@code i} of a row. */
  void read(Values row, int i) {
    if (row.type(i) == ValueType.TEXT) {
      String[] parts = split(row.getText(i));
      at = Long.parseLong(parts[0]);
      cols = Long.parseLong(parts[1]);
      group = Integer.parseInt(parts[2]);
      return;
    }
    long value = row.getLong(i);
    at = value < 0 ? -value >> crr.ticks : value;
    cols = value < 0 ? -value & crr.fullMask(0) : crr.fullMask(0);
    group = 0;
  }

  private static String[] split(String text) {
    int first = text.indexOf(' ');
    int second = text.indexOf(' ', first + 1);
    return new String[] {
      text.substring(0, first), text.substring(first + 1, second), text.substring(second + 1)
    };
  }
}
