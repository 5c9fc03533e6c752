package io.crsql.engine.changeset;

import io.crsql.engine.value.Value;

/**
 * A row of a changeset: one write of some cells, or a deletion.
 *
 * @param shapeNumber where its table and columns stand in the list of shapes
 * @param shape its table and columns
 * @param site where its site stands in the list of sites
 * @param life its causal length
 * @param version its version, from which the offsets of its cells count
 * @param columns its cells as bits, by the columns of the shape; 0 for a deletion
 * @param key its key
 * @param cells the values of its cells, one for each bit
 */
record WrittenRow(
    int shapeNumber,
    Shape shape,
    int site,
    long life,
    long version,
    long columns,
    Value[] key,
    Value[] cells) {

  boolean isDeletion() {
    return columns == 0;
  }

  /** The greatest version in it. */
  long lastVersion() {
    return version + shape.lastOffset(columns);
  }

  /** The value of the cell in a column of the shape, which must be one of its cells. */
  Value cell(int column) {
    return cells[Long.bitCount(columns & (1L << column) - 1)];
  }

  /** The values of the cells in these columns of the shape; perhaps not a copy. */
  Value[] cells(long some) {
    if (some == columns) {
      return cells;
    }
    Value[] values = new Value[Long.bitCount(some)];
    int n = 0;
    for (long rest = some; rest != 0; rest &= rest - 1) {
      values[n++] = cell(Long.numberOfTrailingZeros(rest));
    }
    return values;
  }

  /** The order of tables and keys: that in which a table's own B-trees have them, or nearly so. */
  static int compareKeys(WrittenRow a, WrittenRow b) {
    int order = Integer.compare(a.shapeNumber, b.shapeNumber);
    for (int i = 0; order == 0 && i < a.key.length; i++) {
      order = Value.compare(a.key[i], b.key[i]);
    }
    return order;
  }
}
