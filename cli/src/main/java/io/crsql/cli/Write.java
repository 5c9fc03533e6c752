package io.crsql.cli;

/**
 * What somebody wrote offline.
 *
 * @param owner who
 * @param key the row's key, as an SQL literal
 * @param column the column, or null for a deletion
 * @param value the value, as an SQL literal or number
 * @param stamp its stamp
 */
record Write(String owner, String key, String column, String value, Stamp stamp) {
  boolean isDeletion() {
    return column == null;
  }

  /** Whether the two would stand in the same place, so that only one can. */
  boolean competesWith(Write other) {
    boolean sameRow = key.equals(other.key) && !owner.equals(other.owner);
    boolean sameLife = stamp.life() == other.stamp.life();
    return sameRow && (!sameLife || isDeletion() || column.equals(other.column));
  }
}
