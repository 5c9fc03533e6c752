package io.crsql.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Puts together a {@link Crr} from crsql's tables and the catalogue, and finds what is wrong with
 * its capture.
 */
final class Shapes {
  /** The number of an existence mark in crsql_columns. */
  static final int EXISTENCE = -2;

  private Shapes() {}

  /**
   * Puts it together.
   *
   * @param row the table's row of crsql_tables
   * @param catalog the table as it is now, under whatever name
   * @param cascades whether foreign keys' actions follow its rows
   */
  static Crr read(Schema schema, Registration row, Catalog catalog, boolean cascades) {
    List<Lineage.Registered> registered = row.columns(schema);
    List<Lineage.Registered> columns = columns(registered);
    boolean existenceMark = columns.size() < registered.size();
    Lineage lineage = Lineage.of(catalog, row.name(), row.slots(), columns, row.altering());
    Map<Integer, List<String>> formerNames = row.formerNames(schema);
    Column[] bySlot = new Column[row.slots()];
    for (Lineage.Registered column : columns) {
      CatalogColumn info = lineage.bySlot[column.slot()];
      if (info != null) {
        bySlot[column.slot()] =
            new Column(column, info, formerNames.getOrDefault(column.slot(), List.of()));
      }
    }
    boolean readable = sameKey(schema, catalog, row.name());
    Crr crr =
        new Crr(
            row.id(),
            catalog.name,
            row.name(),
            catalog.integerKey,
            catalog.key.toArray(new KeyColumn[0]),
            bySlot,
            existenceMark,
            row.numbers(),
            cascades || catalog.triggers.size() > ours(catalog, row.name()).size(),
            readable,
            true,
            null);
    boolean mendable = readable && !lineage.unclear() && !lostLast(crr, lineage);
    String fault =
        row.altering() && mendable
            ? beingAltered(catalog.shown(), schema.call("crsql_commit_alter", catalog.name))
            : fault(catalog, crr, lineage, call(row, catalog));
    return crr.withFault(fault, mendable);
  }

  /** Those of the registered columns that are columns, and not an existence mark. */
  static List<Lineage.Registered> columns(List<Lineage.Registered> registered) {
    List<Lineage.Registered> columns = new ArrayList<>();
    for (Lineage.Registered column : registered) {
      if (column.number() != EXISTENCE) {
        columns.add(column);
      }
    }
    return columns;
  }

  /** Whether the table's key is that of its row index. */
  private static boolean sameKey(Schema schema, Catalog catalog, String registeredName) {
    List<KeyColumn> rows = Catalog.readKey(schema, registeredName + "__crsql_rows");
    if (rows.size() != catalog.key.size()) {
      return false;
    }
    for (int i = 0; i < rows.size(); i++) {
      KeyColumn own = catalog.key.get(i);
      KeyColumn indexed = rows.get(i);
      if (own.affinity() != indexed.affinity()
          || !own.collation().equalsIgnoreCase(indexed.collation())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The sentence that refuses writes while a table is being altered.
   *
   * @param commit the call that ends it
   */
  static String beingAltered(String shown, String commit) {
    return sentence(shown, "is being altered", "call " + commit);
  }

  /** The sentence about a table that has been dropped while it was being altered. */
  static String droppedInAlteration(Schema schema, String table) {
    return sentence(
        schema.shown(table),
        "has been dropped while it was being altered",
        "create it again and call "
            + schema.call("crsql_commit_alter", table)
            + ", or call "
            + schema.call("crsql_as_table", table));
  }

  /** The call that mends it. */
  private static String call(Registration row, Catalog catalog) {
    String function = row.altering() ? "crsql_commit_alter" : "crsql_as_crr";
    return "call " + catalog.schema.call(function, catalog.name);
  }

  private static boolean lostLast(Crr crr, Lineage lineage) {
    return !crr.existenceMark() && !crr.hasColumns() && lineage.added.isEmpty();
  }

  private static String fault(Catalog catalog, Crr crr, Lineage lineage, String call) {
    String table = catalog.shown();
    if (!crr.readable()) {
      return sentence(
          table,
          "has another PRIMARY KEY than when it was replicated",
          "give it the one it had, or call "
              + catalog.schema.call("crsql_as_table", catalog.name)
              + " to begin afresh");
    } else if (lostLast(crr, lineage)) {
      return sentence(
          table, "has lost its last column besides the key", "add a column and " + call);
    } else if (lineage.unclear()) {
      return sentence(
          table,
          "has the new column "
              + Names.shown(lineage.added.get(0).name())
              + " and no longer "
              + Names.shown(lineage.gone.get(0).name())
              + ", which may be a renaming",
          "undo it, or drop the one, " + call + ", and then add the other");
    } else if (!Names.asciiLower(catalog.name).equals(Names.asciiLower(crr.registeredName))) {
      return sentence(
          catalog.schema.shown(crr.registeredName),
          "has been renamed to " + Names.shown(catalog.name),
          call);
    } else if (!lineage.gone.isEmpty()) {
      return sentence(
          table, "no longer has the column " + Names.shown(lineage.gone.get(0).name()), call);
    } else if (!lineage.renamed.isEmpty()) {
      Lineage.Registered renamed = lineage.renamed.get(0);
      return sentence(
          table,
          "has the column "
              + Names.shown(renamed.name())
              + " renamed to "
              + Names.shown(lineage.bySlot[renamed.slot()].name()),
          call);
    } else if (!lineage.added.isEmpty()) {
      return sentence(
          table, "has the new column " + Names.shown(lineage.added.get(0).name()), call);
    } else if (!catalog.unique.isEmpty()) {
      String index = Names.shown(catalog.unique.get(0));
      return sentence(table, "has the UNIQUE index " + index, "drop it");
    }
    return captureFault(catalog, crr, call);
  }

  private static String sentence(String table, String fault, String remedy) {
    return "crsql: the replicated table "
        + table
        + " "
        + fault
        + ", so its writes cannot be tracked; "
        + remedy;
  }

  /** The table's capture triggers, as they are. */
  static List<Catalog.Trigger> ours(Catalog catalog, String registeredName) {
    List<Catalog.Trigger> ours = new ArrayList<>();
    for (String name : Capture.names(registeredName)) {
      Catalog.Trigger trigger = catalog.trigger(name);
      if (trigger != null) {
        ours.add(trigger);
      }
    }
    return ours;
  }

  /** What keeps the capture triggers from doing their work; null if nothing does. */
  private static String captureFault(Catalog catalog, Crr crr, String call) {
    String[] names = Capture.names(crr.name);
    String[] statements = Capture.statements(crr);
    for (int i = 0; i < names.length; i++) {
      Catalog.Trigger found = catalog.trigger(names[i]);
      if (statements[i] == null ? found != null : found == null) {
        return sentence(catalog.shown(), "has lost the trigger " + Names.shown(names[i]), call);
      } else if (found != null && !found.sql().equals(statements[i])) {
        return sentence(catalog.shown(), "has the changed trigger " + Names.shown(names[i]), call);
      }
    }
    Catalog.Trigger first = overtaking(catalog, crr.name);
    if (first == null) {
      return null;
    }
    String which = (first.temporary() ? "temporary" : "newer") + " trigger ";
    return sentence(
        catalog.shown(),
        "has the " + which + Names.shown(first.name()) + " that runs before crsql's",
        first.temporary() ? "drop it" : call);
  }

  /**
   * A trigger that is newer than the oldest capture trigger and so runs before it; null if none is.
   */
  static Catalog.Trigger overtaking(Catalog catalog, String registeredName) {
    List<Catalog.Trigger> ours = ours(catalog, registeredName);
    boolean seenOurs = false;
    for (Catalog.Trigger trigger : catalog.triggers) {
      if (seenOurs && !ours.contains(trigger)) {
        return trigger;
      }
      seenOurs |= ours.contains(trigger);
    }
    return null;
  }
}
