package io.crsql.engine.schema;

import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts together a {@link Crr} from crsql's tables and the catalogue, and finds what is wrong with
 * its capture.
 */
final class Shapes {
  /** The number of an existence mark in crsql_columns. */
  static final int EXISTENCE = -2;

  private Shapes() {}

  static Crr read(Schema schema, long id, int slots, Catalog catalog, boolean cascades) {
    Column[] bySlot = new Column[slots];
    boolean existenceMark = false;
    String gone = null;
    try (Stmt stmt =
        schema.prepare(
            "SELECT slot, name, coalesce(number, -1) FROM "
                + schema.of("crsql_columns")
                + " WHERE tbl = ?1 AND name IS NOT NULL")) {
      stmt.bindLong(1, id);
      while (stmt.step()) {
        int slot = (int) stmt.getLong(0);
        int number = (int) stmt.getLong(2);
        CatalogColumn info = catalog.column(stmt.getText(1));
        if (number == EXISTENCE) {
          existenceMark = true;
        } else if (info == null || info.keyPlace() > 0) {
          gone = stmt.getText(1);
        } else {
          bySlot[slot] = new Column(info.name(), slot, number, info);
        }
      }
    }
    boolean readable = sameKey(schema, catalog);
    Crr crr =
        new Crr(
            id,
            catalog.name,
            catalog.integerKey,
            catalog.key.toArray(new KeyColumn[0]),
            bySlot,
            existenceMark,
            cascades || catalog.triggers.size() > ours(catalog).size(),
            readable,
            true,
            null);
    String added = null;
    for (CatalogColumn info : catalog.columns) {
      if (info.keyPlace() == 0 && crr.columnNamed(info.name()) == null) {
        added = info.name();
      }
    }
    boolean mendable = readable && (gone == null || added == null);
    return crr.withFault(fault(catalog, crr, gone, added), mendable);
  }

  /** Whether the table's key is that of its row index. */
  private static boolean sameKey(Schema schema, Catalog catalog) {
    Catalog rows = Catalog.read(schema, catalog.name + "__crsql_rows");
    if (rows == null || rows.key.size() != catalog.key.size()) {
      return false;
    }
    for (int i = 0; i < rows.key.size(); i++) {
      KeyColumn own = catalog.key.get(i);
      KeyColumn indexed = rows.key.get(i);
      if (own.affinity() != indexed.affinity()
          || !own.collation().equalsIgnoreCase(indexed.collation())) {
        return false;
      }
    }
    return true;
  }

  private static String fault(Catalog catalog, Crr crr, String gone, String added) {
    String call = "call crsql_as_crr(" + Names.literal(catalog.name) + ")";
    if (!crr.readable()) {
      return sentence(
          catalog,
          "has another PRIMARY KEY than when it was replicated",
          "give it the one it had, or another name");
    } else if (gone != null && added != null) {
      return sentence(
          catalog,
          "has the new column "
              + Names.shown(added)
              + " and no longer "
              + Names.shown(gone)
              + ", which may be a renaming",
          "undo it, or drop the one, " + call + ", and then add the other");
    } else if (gone != null) {
      return sentence(catalog, "no longer has the column " + Names.shown(gone), call);
    } else if (added != null) {
      return sentence(catalog, "has the new column " + Names.shown(added), call);
    } else if (!crr.existenceMark() && !crr.hasColumns()) {
      return sentence(
          catalog, "has lost its last column besides the key", "add a column and " + call);
    } else if (!catalog.unique.isEmpty()) {
      String index = Names.shown(catalog.unique.get(0));
      return sentence(catalog, "has the UNIQUE index " + index, "drop it");
    }
    return captureFault(catalog, crr, call);
  }

  private static String sentence(Catalog catalog, String fault, String remedy) {
    return "crsql: the replicated table "
        + Names.shown(catalog.name)
        + " "
        + fault
        + ", so its writes cannot be tracked; "
        + remedy;
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
  private static String captureFault(Catalog catalog, Crr crr, String call) {
    String[] names = Capture.names(crr.name);
    String[] statements = Capture.statements(crr);
    for (int i = 0; i < names.length; i++) {
      Catalog.Trigger found = null;
      for (Catalog.Trigger trigger : ours(catalog)) {
        found = trigger.name().equalsIgnoreCase(names[i]) ? trigger : found;
      }
      if (statements[i] == null ? found != null : found == null) {
        return sentence(catalog, "has lost the trigger " + Names.shown(names[i]), call);
      } else if (found != null && !found.sql().equals(statements[i])) {
        return sentence(catalog, "has the changed trigger " + Names.shown(names[i]), call);
      }
    }
    boolean seenOurs = false;
    for (Catalog.Trigger trigger : catalog.triggers) {
      boolean our = !trigger.temporary() && isOurs(catalog, trigger);
      if (seenOurs && !our) {
        String which = (trigger.temporary() ? "temporary" : "newer") + " trigger ";
        return sentence(
            catalog,
            "has the " + which + Names.shown(trigger.name()) + " that runs before crsql's",
            trigger.temporary() ? "drop it" : call);
      }
      seenOurs |= our;
    }
    return null;
  }
}
