package io.crsql.engine.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which column each slot of a CRR has now.
 *
 * <p>crsql's triggers name the columns, and SQLite rewrites their texts in every RENAME COLUMN: so
 * they tell a renaming from a column dropped and another one added. Where they are lost, only the
 * registered names are left to go by.
 */
final class Lineage {
  /** The columns by slot; null where there is none any more. */
  final CatalogColumn[] bySlot;

  /** The columns besides the key that have no slot yet. */
  final List<CatalogColumn> added = new ArrayList<>();

  /** The slots whose columns are gone. */
  final List<Registered> gone = new ArrayList<>();

  /** The slots whose columns have other names now, in more than case. */
  final List<Registered> renamed = new ArrayList<>();

  /** Whether the triggers tell. */
  final boolean told;

  /** A replicated column as it was registered. */
  record Registered(int slot, String name, int number, int place) {}

  private Lineage(int slots, boolean told) {
    this.bySlot = new CatalogColumn[slots];
    this.told = told;
  }

  /**
   * Finds it.
   *
   * @param columns the columns that were there when the table was last registered, in the order of
   *     slots
   * @param registeredName the table's name then, after which its triggers are named
   */
  static Lineage of(
      Catalog catalog, String registeredName, int slots, List<Registered> columns, boolean guard) {
    String[] names = new String[slots];
    boolean told =
        guard
            ? Guard.names(catalog, registeredName, columns, names)
            : Capture.columnNames(catalog, registeredName, names) && hasAll(names, columns);
    Lineage lineage = new Lineage(slots, told);
    for (Registered column : columns) {
      lineage.follow(catalog, column, told ? names[column.slot()] : column.name());
    }
    List<CatalogColumn> known = Arrays.asList(lineage.bySlot);
    for (CatalogColumn column : catalog.columns) {
      if (column.keyPlace() == 0 && !known.contains(column)) {
        lineage.added.add(column);
      }
    }
    return lineage;
  }

  private static boolean hasAll(String[] names, List<Registered> columns) {
    for (Registered column : columns) {
      if (names[column.slot()] == null) {
        return false;
      }
    }
    return true;
  }

  private void follow(Catalog catalog, Registered column, String name) {
    CatalogColumn found = name == null ? null : catalog.column(name);
    if (found == null || found.keyPlace() > 0) {
      gone.add(column);
      return;
    }
    bySlot[column.slot()] = found;
    if (!Names.asciiLower(found.name()).equals(Names.asciiLower(column.name()))) {
      renamed.add(column);
    }
  }

  /** Whether a column may have been renamed or replaced by another one, and nothing tells which. */
  boolean unclear() {
    return !told && !gone.isEmpty() && !added.isEmpty();
  }
}
