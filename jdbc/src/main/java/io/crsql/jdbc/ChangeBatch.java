package io.crsql.jdbc;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a {@link ChangeFeed} tells at once: every row that transactions have changed since the batch
 * before, each row once.
 *
 * @param rows the rows, in the order in which their last changes were written or merged
 * @param complete whether the rows are all there are. False only of a part of more rows than the
 *     feed's limit: the next batch goes on, so that a transaction may be told in parts
 * @param until the {@link Change#dbVersion()} up to which all has been told, for {@link
 *     ChangeFeed.Builder#after}
 */
public record ChangeBatch(List<RowChange> rows, boolean complete, long until) {
  /** A batch of these rows, whose list is copied. */
  public ChangeBatch {
    rows = List.copyOf(rows);
  }

  /** The tables of the rows, in the order of their first row. */
  public Set<String> tables() {
    Set<String> tables = new LinkedHashSet<>();
    rows.forEach(row -> tables.add(row.table()));
    return tables;
  }
}
