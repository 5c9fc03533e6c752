package io.crsql.engine.merge;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;

/**
 * One change to merge: a cell, the existence mark of a key-only row, or a deletion.
 *
 * @param crr the table
 * @param key the row's key
 * @param slot the cell's slot; 0 for an existence mark, {@link #DELETION}, {@link #UNKNOWN}
 * @param life the causal length of the row with this change
 * @param value the cell's value; {@link Value#NULL} where there is none
 * @param version the version of the write
 * @param site the 16 bytes of the site that wrote it, not a copy
 */
public record Change(
    Crr crr, Value[] key, int slot, long life, Value value, long version, byte[] site) {
  /** The slot of a deletion. */
  public static final int DELETION = -1;

  /** The slot of a cell whose column is not known here: it only tells that the row is alive. */
  public static final int UNKNOWN = -2;

  /** The same change of the table as it is known now. */
  Change in(Crr now) {
    return new Change(now, key, slot, life, value, version, site);
  }

  boolean isDeletion() {
    return slot == DELETION;
  }

  /** Whether it is of a column that is not known here. */
  public boolean isUnknown() {
    return slot == UNKNOWN;
  }

  int group() {
    return slot < 0 ? 0 : slot / Crr.GROUP;
  }

  int bit() {
    return slot < 0 ? 0 : slot % Crr.GROUP;
  }

  /** The bits of its entry: none for a deletion or an unknown column. */
  long cols() {
    return slot < 0 ? 0 : 1L << bit();
  }

  /** The version that the first slot of its group would have. */
  long groupVersion() {
    return version - bit();
  }
}
