package io.crsql.conformance.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One replica: rows as causal-length sets of last-writer-wins cells, and the greatest version it
 * has seen.
 */
public final class Replica {
  private final String site;
  private final Map<String, Shape> tables = new HashMap<>();
  private final Map<RowId, Row> rows;
  private long seen;

  /** An empty replica. */
  public Replica(String site, List<Shape> tables) {
    this.site = site;
    this.rows = new HashMap<>();
    for (Shape table : tables) {
      this.tables.put(table.name(), table);
    }
  }

  private Replica(String site, Replica other, Map<RowId, Row> rows) {
    this.site = site;
    this.tables.putAll(other.tables);
    this.rows = rows;
    this.seen = other.seen;
  }

  /** The replica under another site: all that it has written is that site's. */
  public Replica renamed(String old, String renewed) {
    Map<RowId, Row> renamed = new HashMap<>();
    rows.forEach((id, row) -> renamed.put(id, row.renamed(old, renewed)));
    return new Replica(renewed, this, renamed);
  }

  /** A copy, to come back to if a transaction is rolled back. */
  public Replica copy() {
    return new Replica(site, this, new HashMap<>(rows));
  }

  /** The site of local writes, in upper-case hexadecimal. */
  public String site() {
    return site;
  }

  /** The greatest version seen. */
  public long seen() {
    return seen;
  }

  private Row row(RowId id) {
    return rows.getOrDefault(id, Row.NEVER);
  }

  /** The table has got a column. */
  public void alter(Shape table) {
    tables.put(table.name(), table);
  }

  /** Whether the row is in the user's table: it is alive, and its values keep the constraints. */
  public boolean shows(RowId id) {
    return row(id).alive() && tables.get(id.table()).stands(values(id));
  }

  /** Whether the row is alive and not in the user's table. */
  public boolean holds(RowId id) {
    return row(id).alive() && !shows(id);
  }

  /** The key of a live row. */
  public List<Object> key(RowId id) {
    return row(id).key();
  }

  /** The values of a live row, in the table's order. */
  public List<Object> values(RowId id) {
    Shape table = tables.get(id.table());
    Row row = row(id);
    List<Object> key = row.key();
    List<Object> values = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.isKey()) {
        values.add(key.get(column.keyPlace() - 1));
      } else {
        Cell cell = row.cells().get(table.slot(column));
        values.add(cell == null ? column.missing() : cell.value());
      }
    }
    return values;
  }

  /**
   * A local write.
   *
   * @param at the first version it takes
   * @param cells the values written, by slot; what an existence has does not matter
   * @return the first version it leaves
   */
  public long put(Shape table, List<Object> key, Map<Integer, Object> cells, long at) {
    newer(at);
    RowId id = table.row(key);
    Row row = row(id);
    long life = row.alive() ? row.life() : row.life() + 1;
    for (Map.Entry<Integer, Object> cell : cells.entrySet()) {
      int slot = cell.getKey();
      row = row.with(life, slot, new Cell(new Stamp(at + slot, site), cell.getValue(), key));
    }
    rows.put(id, row);
    seen = at + table.ticks() - 1;
    return seen + 1;
  }

  /** A local deletion of a live row; see {@link #put}. */
  public long delete(RowId id, long at) {
    newer(at);
    Row row = row(id);
    Cell deletion = new Cell(new Stamp(at, site), null, row.key());
    rows.put(id, row.with(row.life() + 1, Change.DELETED, deletion));
    seen = at;
    return at + 1;
  }

  private void newer(long at) {
    if (at <= seen) {
      throw new IllegalArgumentException("version " + at + " is given, " + seen + " was seen");
    }
  }

  /**
   * Merges a change of another replica, or one of its own that comes back.
   *
   * @return whether it won
   */
  public boolean merge(Change change) {
    seen = Math.max(seen, change.stamp().version());
    RowId id = change.table().row(change.key());
    Row row = row(id);
    if (change.life() < row.life()) {
      return false;
    }
    Cell cell = new Cell(change.stamp(), change.value(), change.key());
    Row merged = row.with(change.life(), change.slot(), cell);
    rows.put(id, merged);
    return !merged.equals(row);
  }

  /** All that crsql_changes must show. */
  public Set<Change> changes() {
    Set<Change> changes = new HashSet<>();
    rows.forEach(
        (id, row) ->
            row.cells()
                .forEach(
                    (slot, cell) ->
                        changes.add(
                            new Change(
                                tables.get(id.table()),
                                cell.key(),
                                slot,
                                row.life(),
                                cell.value(),
                                cell.stamp()))));
    return changes;
  }

  /** All rows that a table must show. */
  public Set<List<Object>> rows(Shape table) {
    Set<List<Object>> shown = new HashSet<>();
    for (RowId id : rows.keySet()) {
      if (id.table().equals(table.name()) && shows(id)) {
        shown.add(values(id));
      }
    }
    return shown;
  }

  /** The keys of all rows of a table that are alive and must not be shown. */
  public Set<List<Object>> held(Shape table) {
    Set<List<Object>> held = new HashSet<>();
    rows.forEach(
        (id, row) -> {
          if (id.table().equals(table.name()) && holds(id)) {
            held.add(row.key());
          }
        });
    return held;
  }
}
