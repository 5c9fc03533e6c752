package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Replica;
import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one statement does to the model, row by row, with the user's triggers. All rows are as
 * stored, and may have {@link Unfit#VALUE} in them.
 */
final class LocalWrites {
  private final Replica model;
  private final Storage storage;
  private final Map<String, Shape> tables;
  private final boolean recursiveTriggers;
  private long at;

  /** {@code at} is the first version that the statement may take. */
  LocalWrites(
      Replica model,
      Storage storage,
      Map<String, Shape> tables,
      boolean recursiveTriggers,
      long at) {
    this.model = model;
    this.storage = storage;
    this.tables = tables;
    this.recursiveTriggers = recursiveTriggers;
    this.at = at;
  }

  /** Inserts a row, given in the table's order. */
  void insert(Shape table, List<Object> given, Conflict conflict) throws Refused {
    List<Object> row = admitted(table, withRowid(table, given), conflict);
    if (row == null) {
      return;
    }
    RowId id = table.row(table.keyOf(row));
    if (!model.shows(id) || replaces(id, conflict)) {
      requireFit(row);
      put(table, row);
      inserted(table, id, conflict);
    }
  }

  /**
   * Inserts a row or, where there is one, sets what {@code set} says, if {@code where} meets it.
   */
  void upsert(Shape table, List<Object> given, List<Assignment> set, Where where) throws Refused {
    List<Object> row = admitted(table, withRowid(table, given), Conflict.ABORT);
    RowId id = table.row(table.keyOf(row));
    if (!model.shows(id)) {
      insert(table, row, Conflict.ABORT);
    } else if (!set.isEmpty() && (where == Where.ALL || where.meets(table, model.values(id)))) {
      update(table, id, set, Conflict.ABORT, row);
    }
  }

  /** Updates the rows that are there, in this order. */
  void updateAll(Shape table, List<RowId> rows, List<Assignment> set, Conflict conflict)
      throws Refused {
    Set<RowId> taken = new HashSet<>();
    for (RowId id : rows) {
      if (taken.contains(id)) {
        continue;
      }
      RowId now = update(table, id, set, conflict, null);
      if (table.hiddenRowid() && !now.equals(id)) {
        // The statement knows its rows by rowid: what has this key now is another one.
        taken.add(now);
      }
    }
  }

  void delete(RowId id) {
    if (model.shows(id)) {
      at = model.delete(id, at);
    }
  }

  /** The value that an assignment gives its column. */
  Object assigned(Shape table, Assignment one, List<Object> before, List<Object> excluded) {
    Object other = excluded == null ? null : excluded.get(one.column());
    return one.stored(storage, table, before.get(one.column()), other);
  }

  /** Updates a row if it is there, and tells what its key is then. */
  private RowId update(
      Shape table, RowId id, List<Assignment> set, Conflict conflict, List<Object> excluded)
      throws Refused {
    if (!model.shows(id)) {
      return id;
    }
    List<Object> before = model.values(id);
    List<Object> wanted = new ArrayList<>(before);
    for (Assignment one : set) {
      wanted.set(one.column(), assigned(table, one, before, excluded));
    }
    if (table.rowidKey() && !(table.keyOf(wanted).get(0) instanceof Long)) {
      throw new Refused(Conflict.ABORT);
    }
    List<Object> after = admitted(table, wanted, conflict);
    if (after == null) {
      return id;
    }
    List<Object> key = table.keyOf(after);
    RowId newId = table.row(key);
    if (!newId.equals(id)) {
      if (model.shows(newId) && !replaces(newId, conflict)) {
        return id;
      }
      requireFit(after);
      delete(id);
      put(table, after);
    } else {
      requireFit(after);
      if (key.equals(table.keyOf(before))) {
        putChanged(table, before, after);
      } else {
        put(table, after);
      }
    }
    updated(table, key, conflict);
    return newId;
  }

  /** SQLite gives a row without a rowid the next one. */
  private List<Object> withRowid(Shape table, List<Object> row) throws Refused {
    if (!table.rowidKey()) {
      return row;
    }
    int place = table.columns().indexOf(table.key().get(0));
    if (row.get(place) == null) {
      List<Object> keyed = new ArrayList<>(row);
      keyed.set(place, nextRowid(table, place));
      return keyed;
    } else if (!(row.get(place) instanceof Long)) {
      throw new Refused(Conflict.ABORT);
    }
    return row;
  }

  private long nextRowid(Shape table, int place) {
    return model.rows(table).stream().mapToLong(row -> (Long) row.get(place) + 1).max().orElse(1);
  }

  /**
   * The row as it passes the constraints that look at no other row; null if the statement leaves it
   * out.
   */
  private static List<Object> admitted(Shape table, List<Object> given, Conflict conflict)
      throws Refused {
    if (table.generates()) {
      // SQLite looks at types before it computes these columns, and so before NOT NULL.
      requireFit(given);
    }
    List<Object> row = new ArrayList<>(given);
    for (int i = 0; i < row.size(); i++) {
      Column column = table.columns().get(i);
      if (row.get(i) != null || !table.notNull(column)) {
        continue;
      } else if (conflict == Conflict.IGNORE) {
        return null;
      }
      boolean replaced = conflict == Conflict.REPLACE && column.omitted() != null;
      if (!replaced) {
        throw new Refused(conflict == Conflict.REPLACE ? Conflict.ABORT : conflict);
      }
      row.set(i, column.omitted());
    }
    if (!table.rowidKey() || table.hasChecks()) {
      requireFit(row);
    }
    if (!table.passes(row)) {
      if (conflict == Conflict.IGNORE) {
        return null;
      }
      throw new Refused(conflict == Conflict.REPLACE ? Conflict.ABORT : conflict);
    }
    if (table.keyOf(row).contains(null)) {
      throw new Refused(Conflict.ABORT);
    }
    return row;
  }

  /**
   * A value of another type than a STRICT table's column is refused whatever the statement says.
   */
  private static void requireFit(List<Object> row) throws Refused {
    if (row.contains(Unfit.VALUE)) {
      throw new Refused(Conflict.ABORT);
    }
  }

  /** Whether the statement goes on where a row exists. */
  private boolean replaces(RowId id, Conflict conflict) throws Refused {
    switch (conflict) {
      case IGNORE:
        return false;
      case REPLACE:
        if (recursiveTriggers) {
          delete(id);
        }
        return true;
      default:
        throw new Refused(conflict);
    }
  }

  private void inserted(Shape table, RowId id, Conflict conflict) throws Refused {
    for (Trigger trigger : table.triggers()) {
      if (trigger.kind() == Trigger.Kind.INSERT_SETS) {
        update(table, id, List.of(assignment(table, trigger)), conflict, null);
      }
    }
  }

  private void updated(Shape table, List<Object> key, Conflict conflict) throws Refused {
    for (Trigger trigger : table.triggers()) {
      if (trigger.kind() != Trigger.Kind.INSERT_SETS) {
        Shape log = tables.get(trigger.log());
        upsert(log, logged(log, key), logSet(trigger), Where.ALL);
      }
    }
  }

  /** What a trigger that sets a column assigns. */
  static Assignment assignment(Shape table, Trigger trigger) {
    return Assignment.of(table.place(trigger.column()), trigger.value());
  }

  /** The row that a trigger writes to a log. */
  static List<Object> logged(Shape log, List<Object> key) {
    List<Object> row = new ArrayList<>(List.of(key.get(0), 1L));
    log.columns().stream().skip(2).forEach(column -> row.add(column.omitted()));
    return row;
  }

  private static List<Assignment> logSet(Trigger trigger) {
    return trigger.kind() == Trigger.Kind.UPDATE_MARKS
        ? List.of()
        : List.of(new Assignment(1, Assignment.Kind.SUM, 1L));
  }

  /** The cells of a whole row, by slot. */
  static Map<Integer, Object> cells(Shape table, List<Object> row) {
    Map<Integer, Object> cells = new HashMap<>();
    for (Column column : table.others()) {
      cells.put(table.slot(column), row.get(table.columns().indexOf(column)));
    }
    if (table.existenceMark()) {
      cells.put(0, null);
    }
    return cells;
  }

  private void put(Shape table, List<Object> row) {
    at = model.put(table, table.keyOf(row), cells(table, row), at);
  }

  private void putChanged(Shape table, List<Object> before, List<Object> after) {
    Map<Integer, Object> cells = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      if (!Objects.equals(after.get(i), before.get(i))) {
        cells.put(table.slot(table.columns().get(i)), after.get(i));
      }
    }
    if (!cells.isEmpty()) {
      at = model.put(table, table.keyOf(before), cells, at);
    }
  }
}
