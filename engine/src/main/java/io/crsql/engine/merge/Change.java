package io.crsql.engine.merge;

import io.crsql.engine.log.Entry;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;

/**
 * One write of one row to merge: cells of one group of slots, the existence mark of a key-only row,
 * or a deletion. The cell of bit b has the version {@code version + b}.
 *
 * @param crr the table
 * @param key the row's key
 * @param life the causal length of the row with this change: odd but for a deletion
 * @param group which {@link Crr#GROUP} slots {@code cols} speaks of; 0 for a deletion
 * @param cols the slots of the group that it sets, as bits, the existence mark being slot 0; 0 for
 *     a deletion, and for cells whose columns are not known here: these only tell that the row is
 *     alive
 * @param values for each bit of {@code cols}, the lowest first, the cell's value; {@link
 *     Value#NULL} for an existence mark
 * @param version the version that slot 0 of the group has, which may be below 1; that of a
 *     deletion, or of the cell that is not known
 * @param site the 16 bytes of the site that wrote it, not a copy
 */
public record Change(
    Crr crr,
    Value[] key,
    long life,
    int group,
    long cols,
    Value[] values,
    long version,
    byte[] site) {
  private static final Value[] NONE = {};

  /** A deletion. */
  public static Change deletion(Crr crr, Value[] key, long life, long version, byte[] site) {
    return new Change(crr, key, life, 0, 0, NONE, version, site);
  }

  /** A cell whose column is not known here. */
  public static Change unknown(Crr crr, Value[] key, long life, long version, byte[] site) {
    return new Change(crr, key, life, 0, 0, NONE, version, site);
  }

  /** A single cell, or the existence mark in slot 0. */
  public static Change cell(
      Crr crr, Value[] key, int slot, long life, Value value, long version, byte[] site) {
    int bit = slot % Crr.GROUP;
    Value[] values = {value};
    return new Change(crr, key, life, slot / Crr.GROUP, 1L << bit, values, version - bit, site);
  }

  /** The same change of the table as it is known now. */
  Change in(Crr now) {
    return new Change(now, key, life, group, cols, values, version, site);
  }

  /** The part of the change that sets these of its cells. */
  Change only(long bits) {
    if (bits == cols) {
      return this;
    }
    Value[] some = new Value[Long.bitCount(bits)];
    int i = 0;
    int n = 0;
    for (long rest = cols; rest != 0; rest &= rest - 1) {
      if ((bits & rest & -rest) != 0) {
        some[n++] = values[i];
      }
      i++;
    }
    return new Change(crr, key, life, group, bits, some, version, site);
  }

  boolean isDeletion() {
    return (life & 1) == 0;
  }

  /** Whether it is of columns that are not known here. */
  public boolean isUnknown() {
    return cols == 0 && !isDeletion();
  }

  /** The greatest version in it. */
  long lastVersion() {
    return version + lastBit();
  }

  /** The last of its bits; 0 if it has none. */
  int lastBit() {
    return cols == 0 ? 0 : 63 - Long.numberOfLeadingZeros(cols);
  }

  /** The slot of a bit. */
  int slot(int bit) {
    return group * Crr.GROUP + bit;
  }

  /** Whether it is of the same write and group as an entry; {@code ofSite} is its site's number. */
  boolean isOf(Entry entry, long ofSite) {
    return entry.group() == group && entry.site() == ofSite && entry.version() == version;
  }

  /** The bits of a group that it sets. */
  long colsIn(int ofGroup) {
    return group == ofGroup ? cols : 0;
  }

  /** Whether it sets a column of the table as it is known. */
  boolean setsColumns() {
    for (long rest = cols; rest != 0; rest &= rest - 1) {
      if (crr.column(slot(Long.numberOfTrailingZeros(rest))) != null) {
        return true;
      }
    }
    return false;
  }

  /** Puts its values into those of a row, by slot. */
  void putInto(Value[] row) {
    int i = 0;
    for (long rest = cols; rest != 0; rest &= rest - 1) {
      int slot = slot(Long.numberOfTrailingZeros(rest));
      if (crr.column(slot) != null) {
        row[slot] = values[i];
      }
      i++;
    }
  }
}
