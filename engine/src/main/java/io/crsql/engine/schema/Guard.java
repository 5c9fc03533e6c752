package io.crsql.engine.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The triggers that stand in for the capture triggers while a table is being altered: they refuse
 * every write. They bear the same names.
 *
 * <p>The last one never fires. It lists the columns, in the table's order, where SQLite lets a
 * trigger name a column that is then dropped; a RENAME COLUMN rewrites the list, a DROP COLUMN does
 * not. Its body lists the columns' slots.
 */
final class Guard {
  private static final int LIST = 3;

  private Guard() {}

  /** The CREATE TRIGGER statements. */
  static List<String> statements(Crr crr, Catalog catalog) {
    List<String> statements = new ArrayList<>();
    // A trigger cannot know the name under which its file is attached.
    String commit = "crsql_commit_alter(" + Names.literal(crr.name) + ")";
    String reason = Shapes.beingAltered(Names.shown(crr.name), commit);
    String refusal = " BEGIN SELECT RAISE(ABORT, " + Names.literal(reason) + "); END";
    String[] events = {"INSERT", "DELETE", "UPDATE"};
    for (int i = 0; i < events.length; i++) {
      statements.add(trigger(crr, i, events[i], Long.toString(crr.id)) + refusal);
    }
    StringBuilder names = new StringBuilder();
    StringBuilder slots = new StringBuilder();
    for (CatalogColumn info : catalog.columns) {
      Column column = info.keyPlace() == 0 ? crr.columnNamed(info.name()) : null;
      if (column != null) {
        names.append(names.length() == 0 ? "" : ", ").append(column.quoted());
        slots.append(slots.length() == 0 ? "" : ", ").append(column.slot);
      }
    }
    if (names.length() > 0) {
      statements.add(
          trigger(crr, LIST, "UPDATE OF " + names, "0") + " BEGIN SELECT " + slots + "; END");
    }
    return statements;
  }

  private static String trigger(Crr crr, int which, String event, String when) {
    return "CREATE TRIGGER "
        + Names.quote(Capture.names(crr.name)[which])
        + " BEFORE "
        + event
        + " ON "
        + Names.quote(crr.name)
        + " WHEN "
        + when;
  }

  /**
   * Reads from the list what the columns are called now.
   *
   * @param names by slot; null for a column that has been dropped, even if another one has its name
   *     now
   * @return false if nothing tells: the guard is gone with the table that it was on, or is not as
   *     it was made, or two columns in turn had one name that neither had before
   */
  static boolean names(
      Catalog catalog, String table, List<Lineage.Registered> columns, String[] names) {
    Catalog.Trigger insert = catalog.trigger(Capture.names(table)[0]);
    if (insert == null) {
      return false;
    }
    Catalog.Trigger trigger = catalog.trigger(Capture.names(table)[LIST]);
    List<String> listed = new ArrayList<>();
    List<Integer> slots = new ArrayList<>();
    if (trigger != null && !read(Tokens.of(trigger.sql()), listed, slots)) {
      return false;
    }
    for (Lineage.Registered column : columns) {
      dropStale(listed, slots.indexOf(column.slot()), Names.asciiLower(column.name()));
    }
    for (String name : listed) {
      if (name != null && listed.indexOf(name) != listed.lastIndexOf(name)) {
        return false;
      }
    }
    int last = -1;
    for (CatalogColumn column : catalog.columns) {
      if (column.keyPlace() > 0) {
        continue;
      }
      int place = listed.indexOf(Names.asciiLower(column.name()));
      if (place < 0 || place < last) {
        // ADD COLUMN appends: from here on all columns are new, whatever they are called.
        break;
      }
      names[slots.get(place)] = column.name();
      last = place;
    }
    return true;
  }

  /** Reads the list; false if the trigger is no guard. */
  private static boolean read(List<Tokens.Token> tokens, List<String> listed, List<Integer> slots) {
    int of = find(tokens, 0, "of");
    int on = find(tokens, of, "on");
    int select = find(tokens, on, "select");
    int end = find(tokens, select, ";");
    if (end == tokens.size()) {
      return false;
    }
    for (int i = of; i < on; i += 2) {
      listed.add(Names.asciiLower(tokens.get(i + 1).text()));
    }
    for (int i = select; i < end; i += 2) {
      slots.add(tokens.get(i + 1).number());
    }
    return listed.size() == slots.size();
  }

  private static int find(List<Tokens.Token> tokens, int from, String word) {
    int i = from;
    while (i < tokens.size() && !tokens.get(i).is(word)) {
      i++;
    }
    return i;
  }

  /**
   * Of two columns of one name in the list, the one that was not renamed to it had been dropped
   * before.
   */
  private static void dropStale(List<String> listed, int i, String registered) {
    boolean twice = i >= 0 && listed.indexOf(registered) != listed.lastIndexOf(registered);
    if (twice && listed.get(i).equals(registered)) {
      listed.set(i, null);
    }
  }
}
