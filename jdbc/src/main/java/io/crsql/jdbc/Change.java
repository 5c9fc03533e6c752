package io.crsql.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code crsql_changes}: the current state of one cell, the deletion of a row, or that a
 * row exists.
 *
 * @param table the table's name
 * @param pk the row's key as {@code crsql_changes} shows it: a Long, a Double, or a String that is
 *     an SQL literal, or several of them joined by {@code |}
 * @param column the cell's column; null of a deletion and of the mark that a row exists
 * @param value the cell's value as {@code crsql_changes} shows it: null, a Long, a Double, or a
 *     String that is the literal of a text or blob; where {@code column} is null, the causal length
 * @param version the version of the write, from 1 to 2^53 - 1
 * @param site who wrote it
 * @param causalLength how often the row was inserted and deleted; even: it is deleted
 * @param dbVersion when this database learnt of it, for {@link Replica#changes}
 * @param local whether this database wrote it
 */
public record Change(
    String table,
    Object pk,
    @Nullable String column,
    @Nullable Object value,
    long version,
    SiteId site,
    long causalLength,
    long dbVersion,
    boolean local) {
  /**
   * The values of the row's key, in the key's order, as they are bound to a query: Long, Double,
   * String or byte[]. Text that is not well-formed UTF-8 has U+FFFD in its place.
   */
  public List<Object> key() {
    return Literals.key(pk);
  }

  /** The value as it is bound to a query or read from one, in the same way, or null. */
  public @Nullable Object plainValue() {
    return value == null ? null : Literals.value(value);
  }

  /** Whether it says that the row is deleted. */
  public boolean isDeletion() {
    return causalLength % 2 == 0;
  }
}
