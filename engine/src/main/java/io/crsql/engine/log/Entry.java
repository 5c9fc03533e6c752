package io.crsql.engine.log;

/**
 * A current entry of a log.
 *
 * @param at when this database learnt of it
 * @param cols the slots of its group whose current write it is, as bits; 0 for a deletion
 * @param group which 63 slots {@code cols} speaks of
 * @param site the number of the site that wrote it
 * @param version the version of the group's first slot, or of the deletion
 */
public record Entry(long at, long cols, int group, long site, long version) {
  /** Whether the entry is the current write of a slot of its group. */
  public boolean has(int forGroup, int bit) {
    return group == forGroup && (cols >>> bit & 1) != 0;
  }

  /** The entry when it is the current write of these columns. */
  public Entry with(long newCols) {
    return newCols == cols ? this : new Entry(at, newCols, group, site, version);
  }
}
