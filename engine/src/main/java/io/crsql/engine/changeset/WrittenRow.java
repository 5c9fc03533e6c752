package io.crsql.engine.changeset;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;

/** The row of a changeset that has been read last: one write of some cells, or a deletion. */
final class WrittenRow {
  /** Its table and columns. */
  Shape shape;

  /** Where its shape stands in the list. */
  int shapeNumber;

  /** Where its site stands in the list. */
  int site;

  /** Its causal length. */
  long life;

  /** Its version, from which the offsets of its cells count. */
  long version;

  /** Its cells as bits, by the columns of the shape; 0 for a deletion. */
  long columns;

  /** Its key. */
  Value[] key;

  /** The values of its cells by column of the shape; those of no cell mean nothing. */
  final Value[] cells = new Value[Crr.GROUP];

  boolean isDeletion() {
    return (life & 1) == 0;
  }

  /** The greatest version in it. */
  long lastVersion() {
    return isDeletion()
        ? version
        : version + shape.offsets()[63 - Long.numberOfLeadingZeros(columns)];
  }

  /** The least version in it. */
  long firstVersion() {
    return isDeletion() ? version : version + shape.offsets()[Long.numberOfTrailingZeros(columns)];
  }
}
