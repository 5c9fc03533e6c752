package io.crsql.conformance.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A replicated table: its columns, what identifies its rows, and which slots its cells have. Equal
 * to what the table is once it has got further columns: a table is its name.
 */
public final class Shape {
  private final String name;
  private final List<Column> declared;
  private final int numbered;
  private final boolean withoutRowid;
  private final boolean strict;
  private final List<Check> checks;
  private final List<Trigger> triggers;
  private final List<Column> columns;
  private final List<Column> key;
  private final List<Column> slots;
  private final boolean existenceMark;

  /**
   * A table as it is made.
   *
   * @param declared its columns, generated ones included
   */
  public Shape(
      String name,
      List<Column> declared,
      boolean withoutRowid,
      boolean strict,
      List<Check> checks) {
    this(name, declared, declared.size(), withoutRowid, strict, checks, List.of());
  }

  private Shape(
      String name,
      List<Column> declared,
      int numbered,
      boolean withoutRowid,
      boolean strict,
      List<Check> checks,
      List<Trigger> triggers) {
    this.name = name;
    this.declared = List.copyOf(declared);
    this.numbered = numbered;
    this.withoutRowid = withoutRowid;
    this.strict = strict;
    this.checks = List.copyOf(checks);
    this.triggers = List.copyOf(triggers);
    this.columns = declared.stream().filter(column -> column.generated() == null).toList();
    this.key =
        columns.stream()
            .filter(Column::isKey)
            .sorted(Comparator.comparingInt(Column::keyPlace))
            .toList();
    this.slots = columns.stream().filter(column -> !column.isKey()).toList();
    this.existenceMark =
        declared.stream().limit(numbered).allMatch(c -> c.isKey() || c.generated() != null);
  }

  /** The table with a column that is added once it is replicated. */
  public Shape with(Column added) {
    List<Column> more = new ArrayList<>(declared);
    more.add(added);
    return new Shape(name, more, numbered, withoutRowid, strict, checks, triggers);
  }

  /** The table with triggers of the user's. */
  public Shape with(List<Trigger> others) {
    return new Shape(name, declared, numbered, withoutRowid, strict, checks, others);
  }

  /** The table's name. */
  public String name() {
    return name;
  }

  /** All columns that hold values of their own, in the table's order. */
  public List<Column> columns() {
    return columns;
  }

  /** The key's columns, in its order. */
  public List<Column> key() {
    return key;
  }

  /** The other columns, in the table's order, which is that of their slots. */
  public List<Column> others() {
    return slots;
  }

  /** The user's triggers. */
  public List<Trigger> triggers() {
    return triggers;
  }

  /** Whether a column takes nothing but numbers and NULL, because a CHECK compares it. */
  public boolean isChecked(Column column) {
    return checks.stream().anyMatch(check -> check.names(column.name()));
  }

  /** Whether a CHECK compares two columns. */
  public boolean hasPair() {
    return checks.stream().anyMatch(check -> check.right() != null);
  }

  /** Whether there is any CHECK. */
  public boolean hasChecks() {
    return !checks.isEmpty();
  }

  /** Whether a row is nothing but its key. */
  public boolean onlyKey() {
    return slots.isEmpty();
  }

  /**
   * Whether slot 0 is the row's existence, because the table was only a key when it was replicated.
   */
  public boolean existenceMark() {
    return existenceMark;
  }

  /** How many versions a write of a row takes: one for each slot. */
  public int ticks() {
    return slots.size() + (existenceMark ? 1 : 0);
  }

  /** The slot of a column outside the key. */
  public int slot(Column column) {
    return slots.indexOf(column) + (existenceMark ? 1 : 0);
  }

  /** The column of a slot; null if it is the existence mark, or that of a column to come. */
  public Column column(int slot) {
    int place = slot - (existenceMark ? 1 : 0);
    return place < 0 || place >= slots.size() ? null : slots.get(place);
  }

  /** The column outside the key that had that number at crsql_as_crr; null if none had. */
  public Column numbered(long number) {
    boolean exists = number >= 0 && number < numbered;
    Column column = exists ? declared.get((int) number) : null;
    return slots.contains(column) ? column : null;
  }

  /** The column outside the key that was added later under that name; null if none was. */
  public Column added(String columnName) {
    return declared.stream()
        .skip(numbered)
        .filter(column -> column.name().equals(columnName))
        .findFirst()
        .orElse(null);
  }

  /** Whether SQLite refuses NULL in the column. */
  public boolean notNull(Column column) {
    return column.notNull() || (column.isKey() && (withoutRowid || strict) && !rowidKey());
  }

  /** Whether a whole row passes the CHECKs. */
  public boolean passes(List<Object> row) {
    return checks.stream()
        .allMatch(check -> check.holds(value(row, check.left()), value(row, check.right())));
  }

  private Object value(List<Object> row, String columnName) {
    return columnName == null ? null : row.get(place(columnName));
  }

  /** Where the column of that name stands among {@link #columns}. */
  public int place(String columnName) {
    int place = 0;
    while (!columns.get(place).name().equals(columnName)) {
      place++;
    }
    return place;
  }

  /** Whether a whole row passes both the CHECKs and NOT NULL. */
  public boolean stands(List<Object> row) {
    for (int i = 0; i < row.size(); i++) {
      if (row.get(i) == null && notNull(columns.get(i))) {
        return false;
      }
    }
    return passes(row);
  }

  /** Which row a key is: equal for keys that SQLite takes for the same. */
  public RowId row(List<Object> ofKey) {
    List<Object> parts = new ArrayList<>(key.size());
    for (int i = 0; i < key.size(); i++) {
      parts.add(Identity.of(ofKey.get(i), key.get(i).collation()));
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
    List<String> parts = new ArrayList<>();
    for (Column column : declared) {
      parts.add(column.definition() + (column.isKey() && rowidKey() ? " PRIMARY KEY" : ""));
    }
    if (!rowidKey()) {
      String names = key.stream().map(Column::name).collect(Collectors.joining(", "));
      parts.add("PRIMARY KEY(" + names + ")");
    }
    checks.forEach(check -> parts.add(check.sql()));
    List<String> options = new ArrayList<>();
    if (withoutRowid) {
      options.add(" WITHOUT ROWID");
    }
    if (strict) {
      options.add(" STRICT");
    }
    return "CREATE TABLE "
        + name
        + "("
        + String.join(", ", parts)
        + ")"
        + String.join(",", options);
  }

  /** The CREATE TRIGGER statements. */
  public List<String> triggerDdl() {
    return triggers.stream().map(trigger -> trigger.ddl(this)).toList();
  }

  /** Whether the key is the rowid, and so holds integers only. */
  public boolean rowidKey() {
    return !withoutRowid && key.size() == 1 && key.get(0).type().equals("INTEGER");
  }

  /** Whether SQLite knows rows by a rowid that is not the key. */
  public boolean hiddenRowid() {
    return !withoutRowid && !rowidKey();
  }

  /**
   * Whether {@code excluded} in an upsert can be relied on: SQLite 3.40 converts the wrong columns
   * to REAL where a generated one is not stored.
   */
  public boolean excludes() {
    return declared.stream().allMatch(c -> c.generated() == null || c.generated().endsWith("D"));
  }

  /** Whether any column is generated. */
  public boolean generates() {
    return declared.size() > columns.size();
  }

  /** Whether two keys can be equal without being the same. */
  public boolean spellsKeys() {
    boolean exact =
        key.stream().allMatch(c -> c.type().equals("TEXT") && c.collation() == Collation.BINARY);
    return !rowidKey() && !exact;
  }

  /** Whether its columns take values of their type only. */
  public boolean strict() {
    return strict;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && shape.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    List<String> statements = new ArrayList<>(List.of(ddl()));
    statements.addAll(triggerDdl());
    return String.join("; ", statements);
  }
}
