package io.crsql.conformance.model;

import java.util.List;

/**
 * A row of crsql_changes, understood.
 *
 * @param table the table
 * @param key the row's key as the writer had it
 * @param slot the cell's slot, 0 for the existence of a row that is only a key, or {@link #DELETED}
 * @param life the row's causal length
 * @param value the cell's value
 * @param stamp when and where it was written
 */
public record Change(
    Shape table, List<Object> key, int slot, long life, Object value, Stamp stamp) {
  /** The slot of a deletion. */
  public static final int DELETED = -1;

  @Override
  public String toString() {
    String what;
    if (slot == DELETED) {
      what = "deleted";
    } else {
      Column column = table.column(slot);
      String other = slot == 0 ? "exists" : "slot " + slot + "=" + Literal.of(value);
      what = column == null ? other : column.name() + "=" + Literal.of(value);
    }
    String site = stamp.site().substring(0, 4);
    String row = table.name() + "(" + Literal.list(key) + ")";
    return row + " " + what + " life " + life + " version " + stamp.version() + " of " + site;
  }
}
