package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Literal;
import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Text;
import java.util.ArrayList;
import java.util.List;

/** Random tables. */
final class Tables {
  private static final int WIDE = 70;

  private static final List<String> TYPES =
      List.of("", "", "INTEGER", "REAL", "TEXT", "NUMERIC", "BLOB");

  private static final List<Object> DEFAULTS =
      List.of(5L, Text.of("d"), Text.of("7"), 1.5, -1L, Text.of("it's"));

  private final Rng rng;
  private final Storage storage;

  Tables(Rng rng, Storage storage) {
    this.rng = rng;
    this.storage = storage;
  }

  List<Shape> some() {
    if (rng.percent(2)) {
      return List.of(table("wide", keyColumns(1), WIDE));
    }
    List<Shape> tables = new ArrayList<>();
    for (int i = rng.between(1, 3); i > 0; i--) {
      int keys = rng.percent(60) ? 1 : rng.between(2, 3);
      int others = rng.percent(15) ? 0 : rng.between(1, 5);
      tables.add(table("t" + tables.size(), keyColumns(keys), others));
    }
    return tables;
  }

  private Shape table(String name, List<Column> key, int others) {
    List<Column> columns = new ArrayList<>(key);
    for (int i = 0; i < others; i++) {
      String type = rng.of(TYPES);
      columns.add(new Column("c" + i, type, rng.percent(15), 0, ifOmitted(type)));
    }
    boolean moved = rng.percent(30);
    return new Shape(name, moved ? rng.shuffled(columns) : columns, rng.percent(30));
  }

  private Column.Default ifOmitted(String type) {
    if (!rng.percent(25)) {
      return null;
    } else if (rng.percent(15)) {
      return new Column.Default("(1 + 1)", storage.stored(type, 2L), false);
    }
    Object value = rng.of(DEFAULTS);
    return new Column.Default(Literal.of(value), storage.stored(type, value), true);
  }

  private List<Column> keyColumns(int count) {
    List<Integer> places = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      places.add(i);
    }
    List<Integer> shuffled = rng.percent(20) ? rng.shuffled(places) : places;
    List<Column> key = new ArrayList<>();
    for (int place : shuffled) {
      key.add(new Column("k" + key.size(), rng.of(TYPES), rng.percent(20), place, null));
    }
    return key;
  }
}
