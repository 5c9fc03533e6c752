package io.crsql.conformance.random;

import io.crsql.conformance.model.Check;
import io.crsql.conformance.model.Collation;
import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Literal;
import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Text;
import io.crsql.conformance.model.Trigger;
import java.util.ArrayList;
import java.util.List;

/** Random tables. */
final class Tables {
  private static final int WIDE = 70;

  private static final List<String> TYPES =
      List.of("", "", "INTEGER", "REAL", "TEXT", "NUMERIC", "BLOB");

  private static final List<String> STRICT_TYPES =
      List.of("ANY", "ANY", "INTEGER", "INT", "REAL", "TEXT", "BLOB");

  private static final List<String> NUMBERS = List.of("", "INTEGER", "NUMERIC", "REAL");

  private static final List<String> STRICT_NUMBERS = List.of("ANY", "INTEGER", "INT", "REAL");

  private static final List<Object> DEFAULTS =
      List.of(5L, Text.of("d"), Text.of("7"), 1.5, -1L, Text.of("it's"));

  private static final List<Collation> COLLATIONS =
      List.of(Collation.NOCASE, Collation.NOCASE, Collation.RTRIM);

  private final Rng rng;
  private final Storage storage;

  /** Whether many tables have constraints, so that rows must be held aside. */
  private final boolean constrained;

  Tables(Rng rng, Storage storage) {
    this.rng = rng;
    this.storage = storage;
    this.constrained = rng.percent(45);
  }

  boolean constrained() {
    return constrained;
  }

  List<Shape> some() {
    if (rng.percent(2)) {
      return List.of(table("wide", 1, WIDE, false, List.of()));
    }
    List<Shape> tables = new ArrayList<>();
    for (int i = rng.between(1, 3); i > 0; i--) {
      int keys = rng.percent(60) ? 1 : rng.between(2, 3);
      int others = rng.percent(15) ? 0 : rng.between(1, 5);
      boolean strict = rng.percent(20);
      List<Check> checks = rng.percent(constrained ? 60 : 5) ? checks(others) : List.of();
      tables.add(table("t" + tables.size(), keys, others, strict, checks));
    }
    if (rng.percent(20)) {
      withTriggers(tables);
    }
    return tables;
  }

  private Shape table(String name, int keys, int others, boolean strict, List<Check> checks) {
    List<Column> columns = new ArrayList<>(keyColumns(keys, strict));
    for (int i = 0; i < others; i++) {
      String called = "c" + i;
      boolean checked = checks.stream().anyMatch(check -> check.names(called));
      columns.add(checked ? number(called, strict) : column(called, strict));
    }
    boolean moved = rng.percent(30);
    List<Column> ordered = moved ? rng.shuffled(columns) : columns;
    for (int i = rng.percent(15) ? rng.between(1, 2) : 0; i > 0; i--) {
      String type = strict ? "ANY" : rng.of(TYPES);
      String of = rng.of(columns).name();
      String as = "(typeof(" + of + ") || 'g')" + (rng.percent(50) ? " STORED" : "");
      Column column = new Column("g" + i, type, Collation.BINARY, 0, false, null, as);
      ordered.add(rng.below(ordered.size() + 1), column);
    }
    return new Shape(name, ordered, rng.percent(30), strict, checks);
  }

  private List<Check> checks(int others) {
    List<Check> checks = new ArrayList<>();
    if (others > 0 && rng.percent(70)) {
      checks.add(new Check("c0", null, rng.percent(50) ? 100 : 3, rng.percent(25)));
    }
    if (others > 1 && (checks.isEmpty() || rng.percent(50))) {
      checks.add(new Check("c0", "c1", 0, rng.percent(25)));
    }
    return checks;
  }

  /** A column that a CHECK compares. */
  private Column number(String name, boolean strict) {
    String type = rng.of(strict ? STRICT_NUMBERS : NUMBERS);
    long value = rng.percent(75) ? 2 : 150;
    Object stored = storage.stored(type, strict, value);
    Column.Default given = new Column.Default(Long.toString(value), stored, true);
    boolean notNull = rng.percent(20);
    return new Column(
        name, type, Collation.BINARY, 0, notNull, rng.percent(25) ? given : null, null);
  }

  /** A column outside the key. */
  Column column(String name, boolean strict) {
    String type = rng.of(strict ? STRICT_TYPES : TYPES);
    Column.Default ifOmitted = ifOmitted(type, strict);
    boolean notNull = rng.percent(constrained ? 35 : 5);
    return new Column(name, type, collation(15), 0, notNull, ifOmitted, null);
  }

  private Collation collation(int chance) {
    return rng.percent(chance) ? rng.of(COLLATIONS) : Collation.BINARY;
  }

  private Column.Default ifOmitted(String type, boolean strict) {
    if (!rng.percent(25)) {
      return null;
    }
    boolean constant = !rng.percent(15);
    Object value = constant ? rng.of(DEFAULTS) : Long.valueOf(2);
    Object stored = storage.stored(type, strict, value);
    return stored == Unfit.VALUE
        ? null
        : new Column.Default(constant ? Literal.of(value) : "(1 + 1)", stored, constant);
  }

  private List<Column> keyColumns(int count, boolean strict) {
    List<Integer> places = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      places.add(i);
    }
    List<Integer> shuffled = rng.percent(20) ? rng.shuffled(places) : places;
    List<Column> key = new ArrayList<>();
    for (int place : shuffled) {
      String type = rng.of(strict ? STRICT_TYPES : TYPES);
      boolean notNull = rng.percent(10);
      key.add(new Column("k" + key.size(), type, collation(25), place, notNull, null, null));
    }
    return key;
  }

  /** Gives one of the tables triggers and, if they write one, a log. */
  private void withTriggers(List<Shape> tables) {
    int which = rng.below(tables.size());
    Shape table = tables.get(which);
    if (table.onlyKey()) {
      return;
    }
    List<Trigger> triggers = new ArrayList<>();
    Column column = rng.of(table.others());
    Object value = storage.stored(column.type(), table.strict(), rng.of(DEFAULTS));
    if (rng.percent(60) && value != Unfit.VALUE && !table.isChecked(column)) {
      boolean duringMerges = rng.percent(50);
      Trigger.Kind kind = Trigger.Kind.INSERT_SETS;
      triggers.add(new Trigger(kind, duringMerges, column.name(), value, null));
    }
    if (triggers.isEmpty() || rng.percent(50)) {
      boolean counts = rng.percent(50);
      boolean duringMerges = !counts && rng.percent(60);
      Trigger.Kind kind = counts ? Trigger.Kind.UPDATE_COUNTS : Trigger.Kind.UPDATE_MARKS;
      triggers.add(new Trigger(kind, duringMerges, null, null, "log"));
      Column key = new Column("k0", "", Collation.BINARY, 1, false, null, null);
      Column count = new Column("c0", "", Collation.BINARY, 0, false, null, null);
      boolean withoutRowid = rng.percent(50);
      tables.add(new Shape("log", List.of(key, count), withoutRowid, false, List.of()));
    }
    tables.set(which, table.with(triggers));
  }
}
