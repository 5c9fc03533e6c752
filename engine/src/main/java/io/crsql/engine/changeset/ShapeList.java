package io.crsql.engine.changeset;

import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Bytes;

/** The shapes of a changeset that is being written. */
final class ShapeList {
  private final Bytes out = new Bytes();
  private int count;

  /** Adds a group of a table's columns, as far as they are there; gives the shape's number. */
  int add(Crr crr, int group) {
    long live = crr.liveMask(group);
    begin(crr.name, crr.keyColumns(), Long.bitCount(live));
    int next = 0;
    for (long rest = live; rest != 0; rest &= rest - 1) {
      int bit = Long.numberOfTrailingZeros(rest);
      Column column = crr.column(group * Crr.GROUP + bit);
      int number = column == null ? Shape.EXISTENCE : column.number;
      column(bit - next, number, column == null ? "" : column.name);
      next = bit + 1;
    }
    return count++;
  }

  /** Adds a table without columns; gives the shape's number. */
  int add(String table, int keyColumns) {
    begin(table, keyColumns, 0);
    return count++;
  }

  /** Adds a table with one column; gives the shape's number. */
  int add(String table, int keyColumns, int number, String name) {
    begin(table, keyColumns, 1);
    column(0, number, name);
    return count++;
  }

  private void begin(String table, int keyColumns, int columns) {
    out.text(table).varint(keyColumns).varint(columns);
  }

  private void column(int skip, int number, String name) {
    out.varint(skip).signed(number).text(name);
  }

  /** Writes the list. */
  void write(Bytes to) {
    to.varint(count).add(out);
  }

  /** Begins the next changeset. */
  void clear() {
    out.clear();
    count = 0;
  }
}
