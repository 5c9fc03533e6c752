package io.crsql.engine.schema;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts together a {@link Crr} from crsql's tables and the catalogue, and finds what is wrong with
 * its capture.
 */
final class Shapes {
  private static final int EXISTENCE = -2;

  private Shapes() {}

  static Crr read(Db db, long id, int slots, Catalog catalog) {
    Column[] bySlot = new Column[slots];
    boolean existenceMark = false;
    String fault = null;
    try (Stmt stmt =
        db.prepare(
            "SELECT slot, name, coalesce(number, -1) FROM main.crsql_columns"
                + " WHERE tbl = ?1 AND name IS NOT NULL")) {
      stmt.bindLong(1, id);
      while (stmt.step()) {
        int slot = (int) stmt.getLong(0);
        int number = (int) stmt.getLong(2);
        CatalogColumn info = catalog.column(stmt.getText(1));
        if (number == EXISTENCE) {
          existenceMark = true;
        } else if (info == null) {
          fault = "no longer has the column " + Names.shown(stmt.getText(1));
        } else {
          bySlot[slot] = new Column(info.name(), slot, number, info);
        }
      }
    }
    for (CatalogColumn info : catalog.columns) {
      if (info.keyPlace() == 0 && !has(bySlot, info.name())) {
        fault = "has the new column " + Names.shown(info.name());
      }
    }
    if (fault == null && !catalog.unique.isEmpty()) {
      fault = "has the UNIQUE index " + Names.shown(catalog.unique.get(0));
      return crr(id, catalog, bySlot, existenceMark, sentence(catalog, fault, "drop it"));
    }
    if (fault == null) {
      fault = captureFault(catalog, crr(id, catalog, bySlot, existenceMark, null));
    }
    String remedy = "call crsql_as_crr(" + Names.literal(catalog.name) + ")";
    return crr(
        id,
        catalog,
        bySlot,
        existenceMark,
        fault == null ? null : sentence(catalog, fault, remedy));
  }

  private static String sentence(Catalog catalog, String fault, String remedy) {
    return "crsql: the replicated table "
        + Names.shown(catalog.name)
        + " "
        + fault
        + ", so its writes cannot be tracked; "
        + remedy;
  }

  private static boolean has(Column[] bySlot, String name) {
    for (Column column : bySlot) {
      if (column != null && column.name.equals(name)) {
        return true;
      }
    }
    return false;
  }

  static Crr crr(long id, Catalog catalog, Column[] bySlot, boolean existenceMark, String fault) {
    return new Crr(
        (int) id,
        catalog.name,
        catalog.integerKey,
        catalog.key.toArray(new KeyColumn[0]),
        bySlot,
        existenceMark,
        catalog.triggers.size() > ours(catalog).size(),
        fault);
  }

  /** The table's capture triggers, as they are. */
  static List<Catalog.Trigger> ours(Catalog catalog) {
    List<Catalog.Trigger> ours = new ArrayList<>();
    for (Catalog.Trigger trigger : catalog.triggers) {
      if (!trigger.temporary() && isOurs(catalog, trigger)) {
        ours.add(trigger);
      }
    }
    return ours;
  }

  private static boolean isOurs(Catalog catalog, Catalog.Trigger trigger) {
    for (String name : Capture.names(catalog.name)) {
      if (name.equalsIgnoreCase(trigger.name())) {
        return true;
      }
    }
    return false;
  }

  /** What keeps the capture triggers from doing their work; null if nothing does. */
  static String captureFault(Catalog catalog, Crr crr) {
    String[] names = Capture.names(crr.name);
    String[] statements = Capture.statements(crr);
    for (int i = 0; i < names.length; i++) {
      Catalog.Trigger found = null;
      for (Catalog.Trigger trigger : ours(catalog)) {
        found = trigger.name().equalsIgnoreCase(names[i]) ? trigger : found;
      }
      if (statements[i] == null ? found != null : found == null) {
        return "has lost the trigger " + Names.shown(names[i]);
      } else if (found != null && !found.sql().equals(statements[i])) {
        return "has the changed trigger " + Names.shown(names[i]);
      }
    }
    boolean seenOurs = false;
    for (Catalog.Trigger trigger : catalog.triggers) {
      boolean our = !trigger.temporary() && isOurs(catalog, trigger);
      if (seenOurs && !our) {
        return "has the "
            + (trigger.temporary() ? "temporary" : "newer")
            + " trigger "
            + Names.shown(trigger.name())
            + " that runs before crsql's";
      }
      seenOurs |= our;
    }
    return null;
  }
}
