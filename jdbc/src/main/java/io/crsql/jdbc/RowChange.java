package io.crsql.jdbc;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A row that has changed, as it is now: what was overwritten meanwhile is not told.
 *
 * @param table the table's name
 * @param pk the row's key, as {@link Change#pk()}
 * @param columns the columns that were written; none of a row that is deleted or has only a key
 * @param deleted whether the row is deleted
 * @param sites who wrote
 * @param local whether this database wrote any of it, by whichever connection or process
 * @param merged whether any of it came from another database
 */
public record RowChange(
    String table,
    Object pk,
    Set<String> columns,
    boolean deleted,
    Set<SiteId> sites,
    boolean local,
    boolean merged) {
  /** A change of these columns and sites, whose sets are copied. */
  public RowChange {
    columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
    sites = Set.copyOf(sites);
  }

  /** The values of the row's key, as {@link Change#key()}. */
  public List<Object> key() {
    return Literals.key(pk);
  }
}
