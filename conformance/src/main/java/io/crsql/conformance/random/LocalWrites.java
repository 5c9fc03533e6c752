package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Replica;
import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one statement does to the model, row by row. All values are as stored. */
final class LocalWrites {
  private final Replica model;
  private final boolean recursiveTriggers;
  private long at;

  /** {@code at} is the first version that the statement may take. */
  LocalWrites(Replica model, boolean recursiveTriggers, long at) {
    this.model = model;
    this.recursiveTriggers = recursiveTriggers;
    this.at = at;
  }

  Replica model() {
    return model;
  }

  /** Inserts a row, given in the table's order. */
  void insert(Shape table, List<Object> row, Conflict conflict) throws Refused {
    List<Object> key = table.keyOf(row);
    RowId id = table.row(key);
    if (key.contains(null)) {
      throw new Refused(Conflict.ABORT);
    }
    if (!model.alive(id) || replaces(id, conflict)) {
      putAll(table, row);
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

  void delete(RowId id) {
    if (model.alive(id)) {
      at = model.delete(id, at);
    }
  }

  /** Updates a row if it is there. */
  void update(Shape table, RowId id, List<Assignment> set, Conflict conflict) throws Refused {
    if (!model.alive(id)) {
      return;
    }
    List<Object> before = model.values(id);
    List<Object> after = new ArrayList<>(before);
    for (Assignment assignment : set) {
      after.set(assignment.column(), assignment.value());
    }
    List<Object> key = table.keyOf(after);
    RowId newId = table.row(key);
    if (!newId.equals(id)) {
      if (!model.alive(newId) || replaces(newId, conflict)) {
        delete(id);
        putAll(table, after);
      }
    } else if (!key.equals(table.keyOf(before))) {
      putAll(table, after);
    } else {
      putChanged(table, before, after);
    }
  }

  private void putAll(Shape table, List<Object> row) {
    Map<Integer, Object> cells = new HashMap<>();
    for (Column column : table.slots()) {
      cells.put(cells.size(), row.get(table.columns().indexOf(column)));
    }
    if (table.onlyKey()) {
      cells.put(0, null);
    }
    at = model.put(table, table.keyOf(row), cells, at);
  }

  private void putChanged(Shape table, List<Object> before, List<Object> after) {
    Map<Integer, Object> cells = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      Object value = after.get(i);
      boolean same = value == null ? before.get(i) == null : value.equals(before.get(i));
      if (!same) {
        cells.put(table.slotOf(i), value);
      }
    }
    if (!cells.isEmpty()) {
      at = model.put(table, table.keyOf(before), cells, at);
    }
  }
}
