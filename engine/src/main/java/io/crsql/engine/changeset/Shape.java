package io.crsql.engine.changeset;

/**
 * A table with up to 63 of its columns, as a changeset names them.
 *
 * @param table the table's name
 * @param keyColumns how many columns its key has
 * @param offsets by column, ascending: what a cell's version is above that of its row
 * @param numbers by column: its number at crsql_as_crr, {@link #UNNUMBERED} or {@link #EXISTENCE}
 * @param names by column: its name; empty if it has none
 */
record Shape(String table, int keyColumns, int[] offsets, int[] numbers, String[] names) {
  /** The number of a column that was added after crsql_as_crr. */
  static final int UNNUMBERED = -1;

  /** The number of what is no column, but the existence of a row of a key-only table. */
  static final int EXISTENCE = -2;

  /** How many columns it has. */
  int columns() {
    return offsets.length;
  }

  /** The offset of the first of these columns; 0 for none. */
  int firstOffset(long columns) {
    return columns == 0 ? 0 : offsets[Long.numberOfTrailingZeros(columns)];
  }

  /** The offset of the last of these columns; 0 for none. */
  int lastOffset(long columns) {
    return columns == 0 ? 0 : offsets[63 - Long.numberOfLeadingZeros(columns)];
  }
}
