package io.crsql.jdbc;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects changes of cells into changes of rows. */
final class RowChanges {
  private record Row(String table, Object pk) {}

  private static final class Parts {
    final Set<String> columns = new LinkedHashSet<>();
    final Set<SiteId> sites = new LinkedHashSet<>();
    boolean deleted;
    boolean local;
    boolean merged;
  }

  private final Map<Row, Parts> rows = new LinkedHashMap<>();

  int size() {
    return rows.size();
  }

  /** Takes the next change, in the order of arrival. */
  void add(Change change) {
    Row row = new Row(change.table(), change.pk());
    Parts known = rows.remove(row);
    Parts parts = known == null ? new Parts() : known;
    rows.put(row, parts);
    parts.deleted = change.isDeletion();
    if (change.column() != null) {
      parts.columns.add(change.column());
    }
    parts.sites.add(change.site());
    parts.local |= change.local();
    parts.merged |= !change.local();
  }

  List<RowChange> list() {
    return rows.entrySet().stream()
        .map(
            entry -> {
              Row row = entry.getKey();
              Parts parts = entry.getValue();
              return new RowChange(
                  row.table,
                  row.pk,
                  parts.columns,
                  parts.deleted,
                  parts.sites,
                  parts.local,
                  parts.merged);
            })
        .toList();
  }
}
