package io.crsql.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code crsql_explain} tells of one cell: what it is, who wrote it, and what it won against.
 *
 * @param table the table's name
 * @param row the row's key, as {@link Change#pk()}
 * @param column the cell's column; null in a table that had only a key
 * @param value as {@link Change#value()}, infinities as text; null if the row is deleted
 * @param life the row's causal length
 * @param state what has become of the row
 * @param write the write that the cell has, or the row's deletion; null if nobody has written the
 *     cell in this life, so that it has its default
 * @param own whether this database made that write
 * @param arrival when this database learnt of it, as {@link Change#dbVersion()}; null if there is
 *     no write
 * @param beat the greatest write of the cell, by another site, that a merge here has seen lose
 *     against the present one; null if there is none
 */
public record Explanation(
    String table,
    Object row,
    @Nullable String column,
    @Nullable Object value,
    long life,
    State state,
    @Nullable Stamp write,
    boolean own,
    @Nullable Long arrival,
    @Nullable Stamp beat) {

  /**
   * By what writes are compared: the version first, then the site.
   *
   * @param version from 1 to 2^53 - 1
   * @param site who wrote
   */
  public record Stamp(long version, SiteId site) {}

  /** What has become of a row. */
  public enum State {
    /** It is in its table. */
    ALIVE,
    /** It is deleted. */
    DELETED,
    /** It breaks a constraint of its table for now, and is in {@code crsql_held}. */
    HELD_ASIDE,
    /** It was deleted past crsql's triggers. */
    MISSING;

    static State of(String name) {
      return valueOf(name.replace(' ', '_').toUpperCase(Locale.ROOT));
    }
  }
}
