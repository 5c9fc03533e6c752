package io.crsql.sync.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been committed anywhere and may never be lost: rows of the table proof, each with a note
 * that its writer adds later. It knows nothing of crsql.
 */
final class Ledger {
  /** Of a row: its number, its writer, and its note; null if there is none that must be there. */
  private record Entry(long id, int node, String note) {}

  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private final Map<Integer, List<Long>> unnoted = new HashMap<>();
  private long last;

  /** A number that no row has had. */
  long next() {
    return ++last;
  }

  /** The last number given. */
  long last() {
    return last;
  }

  /** A row is committed. */
  void written(long id, int node) {
    entries.put(id, new Entry(id, node, null));
    unnoted.computeIfAbsent(node, n -> new ArrayList<>()).add(id);
  }

  /** A row of the node's that has no note yet, and will not be given again; 0 if there is none. */
  long takeUnnoted(int node) {
    List<Long> rows = unnoted.getOrDefault(node, List.of());
    return rows.isEmpty() ? 0 : rows.remove(rows.size() - 1);
  }

  /** A note is committed. */
  void noted(long id, String note) {
    Entry entry = entries.get(id);
    if (entry != null) {
      entries.put(id, new Entry(id, entry.node, note));
    }
  }

  /** Takes out what none of the databases has any longer, for the only one that had it is gone. */
  void keepOnly(Collection<Database> databases) {
    Map<Long, Boolean> held = new HashMap<>();
    for (Database database : databases) {
      for (Object[] row : rows(database)) {
        held.merge(((Number) row[0]).longValue(), row[1] != null, Boolean::logicalOr);
      }
    }
    entries.keySet().retainAll(held.keySet());
    entries.replaceAll((id, entry) -> held.get(id) ? entry : new Entry(id, entry.node, null));
    unnoted.values().forEach(rows -> rows.retainAll(held.keySet()));
  }

  /** The first of the writer's rows up to {@code until} that a database lacks; null if none. */
  String missing(Database database, int writer, long until) {
    return missing(
        database,
        entries.headMap(until, true).values().stream().filter(e -> e.node == writer).toList());
  }

  /** The first row that a database lacks; null if it has all. */
  String missing(Database database) {
    return missing(database, entries.values());
  }

  private static String missing(Database database, Collection<Entry> expected) {
    if (expected.isEmpty()) {
      return null;
    }
    Map<Long, Object> found = new HashMap<>();
    for (Object[] row : rows(database)) {
      found.put(((Number) row[0]).longValue(), row[1]);
    }
    for (Entry entry : expected) {
      Object note = found.get(entry.id);
      if (!found.containsKey(entry.id) || (entry.note != null && !entry.note.equals(note))) {
        return "row "
            + entry.id
            + " of peer "
            + entry.node
            + " with note "
            + entry.note
            + (found.containsKey(entry.id) ? ", which is " + note : "");
      }
    }
    return null;
  }

  private static List<Object[]> rows(Database database) {
    String has = "SELECT count(*) FROM sqlite_schema WHERE name = 'proof'";
    return database.number(has) == 0 ? List.of() : database.query("SELECT id, note FROM proof");
  }
}
