package io.crsql.engine.changeset;

import io.crsql.engine.merge.Change;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;

/** Where the columns of a shape stand in a table that is here. */
final class Target {
  private static final Value[] NOTHING = {};

  /** The table. */
  final Crr crr;

  private final Shape shape;

  /**
   * The columns of the shape by the changes that their cells make: each change sets slots of one
   * group, which stand as far from each other here as in the shape.
   */
  private final long[] parts;

  /** By part: the group. */
  private final int[] groups;

  /** By part: what a column's offset is above its bit in the group. */
  private final int[] shifts;

  private int count;

  /** The columns of the shape that are not here. */
  private long unknown;

  /** Finds the columns by their names, and those that have none by their numbers. */
  Target(Shape shape, Crr crr) {
    this.shape = shape;
    this.crr = crr;
    this.parts = new long[shape.columns()];
    this.groups = new int[shape.columns()];
    this.shifts = new int[shape.columns()];
    for (int i = 0; i < shape.columns(); i++) {
      int slot = slot(i);
      if (slot < 0) {
        unknown |= 1L << i;
      } else {
        add(i, slot / Crr.GROUP, shape.offsets()[i] - slot % Crr.GROUP);
      }
    }
  }

  private int slot(int i) {
    if (shape.numbers()[i] == Shape.EXISTENCE) {
      return crr.existenceMark() ? 0 : -1;
    }
    String name = shape.names()[i];
    Column column = name.isEmpty() ? crr.columnNumbered(shape.numbers()[i]) : crr.columnNamed(name);
    return column == null ? -1 : column.slot;
  }

  private void add(int column, int group, int shift) {
    int part = 0;
    while (part < count && (groups[part] != group || shifts[part] != shift)) {
      part++;
    }
    groups[part] = group;
    shifts[part] = shift;
    parts[part] |= 1L << column;
    count = Math.max(count, part + 1);
  }

  /** How many changes a row makes at the most, besides a deletion. */
  int parts() {
    return count;
  }

  /** The cells of a row, as bits, whose columns are not here. */
  long unknown(WrittenRow row) {
    return row.columns() & unknown;
  }

  /** The change that a deletion makes. */
  Change deletion(WrittenRow row, byte[] site) {
    return new Change(crr, row.key(), row.life(), 0, 0, NOTHING, row.version(), site);
  }

  /** The change that part {@code part} of a row makes; null if it has no cells there. */
  Change change(WrittenRow row, int part, byte[] site) {
    long columns = row.columns() & parts[part];
    if (columns == 0) {
      return null;
    }
    long cols = 0;
    for (long rest = columns; rest != 0; rest &= rest - 1) {
      int offset = shape.offsets()[Long.numberOfTrailingZeros(rest)];
      cols |= 1L << offset - shifts[part];
    }
    Value[] values = row.cells(columns);
    long version = row.version() + shifts[part];
    return new Change(crr, row.key(), row.life(), groups[part], cols, values, version, site);
  }
}
