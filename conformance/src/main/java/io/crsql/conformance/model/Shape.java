package io.crsql.conformance.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A replicated table: its columns, what identifies its rows, and which slots its cells have. */
public final class Shape {
  private final String name;
  private final List<Column> columns;
  private final boolean withoutRowid;
  private final List<Column> key;
  private final List<Column> slots;

  /** A table with these columns. */
  public Shape(String name, List<Column> columns, boolean withoutRowid) {
    this.name = name;
    this.columns = List.copyOf(columns);
    this.withoutRowid = withoutRowid;
    this.key =
        columns.stream()
            .filter(Column::isKey)
            .sorted(Comparator.comparingInt(Column::keyPlace))
            .toList();
    this.slots = columns.stream().filter(column -> !column.isKey()).toList();
  }

  /** The table's name. */
  public String name() {
    return name;
  }

  /** All columns, in the table's order. */
  public List<Column> columns() {
    return columns;
  }

  /** The key's columns, in its order. */
  public List<Column> key() {
    return key;
  }

  /** The other columns, in the table's order: the index is the slot. */
  public List<Column> slots() {
    return slots;
  }

  /** Whether a row is nothing but its key, so that only its existence is replicated. */
  public boolean onlyKey() {
    return slots.isEmpty();
  }

  /** How many versions a write of a row takes. */
  public int ticks() {
    return Math.max(1, slots.size());
  }

  /** The slot of the column with that number in the table's order; -1 if it has none. */
  public int slotOf(long number) {
    boolean exists = number >= 0 && number < columns.size();
    return exists ? slots.indexOf(columns.get((int) number)) : -1;
  }

  /** Which row a key is: equal for keys that SQLite takes for the same. */
  public RowId row(List<Object> ofKey) {
    List<Object> parts = new ArrayList<>(key.size());
    for (int i = 0; i < key.size(); i++) {
      parts.add(Identity.of(ofKey.get(i), key.get(i).nocase()));
    }
    return new RowId(name, parts);
  }

  /** The key among the values of a whole row. */
  public List<Object> keyOf(List<Object> row) {
    List<Object> values = new ArrayList<>(key.size());
    for (Column column : key) {
      values.add(row.get(columns.indexOf(column)));
    }
    return values;
  }

  /** The CREATE TABLE statement. */
  public String ddl() {
    String definitions = columns.stream().map(this::definition).collect(Collectors.joining(", "));
    String primaryKey =
        rowidKey()
            ? ""
            : ", PRIMARY KEY("
                + key.stream().map(Column::name).collect(Collectors.joining(", "))
                + ")";
    return "CREATE TABLE "
        + name
        + "("
        + definitions
        + primaryKey
        + ")"
        + (withoutRowid ? " WITHOUT ROWID" : "");
  }

  private String definition(Column column) {
    boolean rowid = column.isKey() && rowidKey();
    return column.definition() + (rowid ? " PRIMARY KEY" : "");
  }

  /** Whether the key is the rowid, and so holds integers only. */
  public boolean rowidKey() {
    return !withoutRowid && key.size() == 1 && key.get(0).type().equals("INTEGER");
  }

  @Override
  public String toString() {
    return ddl();
  }
}
