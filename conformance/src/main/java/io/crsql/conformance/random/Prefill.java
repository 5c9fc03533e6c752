package io.crsql.conformance.random;

import io.crsql.conformance.model.Change;
import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows that a table has before it is made a CRR.
 *
 * @param peer the replica
 * @param table the table
 * @param rows the rows, in the table's order of columns
 */
record Prefill(int peer, int table, List<List<Object>> rows) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  /** Inserts them. */
  void fill(World world) {
    Shape shape = world.table(table);
    for (List<Object> row : rows) {
      if (!world.stored(shape, columns(shape), row).contains(Unfit.VALUE)) {
        world.peer(peer).run(statement(shape, row));
      }
    }
    world.statistics().add("backfilled rows", rows.size());
  }

  /**
   * Makes a table a CRR. The order in which its rows are captured is not laid down, so it is taken
   * from the versions that they got.
   */
  static void makeCrr(Peer peer, Shape table) {
    long next = (Long) peer.query("SELECT crsql_nextdbversion()").get(0).get(0);
    peer.query("SELECT crsql_as_crr(?)", table.name());
    Map<RowId, List<Object>> rows = new HashMap<>();
    peer.scan(table, "").forEach(row -> rows.put(table.row(table.keyOf(row)), row));
    List<Message> captured = rows.isEmpty() ? List.of() : peer.read("");
    List<Change> firsts =
        captured.stream()
            .map(Message::change)
            .filter(change -> change.table().equals(table) && change.slot() == 0)
            .sorted(Comparator.comparing(Change::stamp))
            .toList();
    for (Change first : firsts) {
      List<Object> row = rows.remove(table.row(first.key()));
      if (row == null || first.stamp().version() != next) {
        throw new Discrepancy("backfill", "version " + next + " went to " + first);
      }
      next = peer.model().put(table, table.keyOf(row), cells(table, row), next);
    }
    if (!rows.isEmpty()) {
      throw new Discrepancy("backfill", "nothing was captured of " + rows.values());
    }
  }

  private static Map<Integer, Object> cells(Shape table, List<Object> row) {
    Map<Integer, Object> cells = new HashMap<>();
    return LocalWrites.cells(table, row);
  }

  @Override
  public void run(World world) {
    // They are there already.
  }

  @Override
  public List<Op> simpler() {
    List<Op> simpler = new ArrayList<>();
    for (int i = 0; rows.size() > 1 && i < rows.size(); i++) {
      List<List<Object>> fewer = new ArrayList<>(rows);
      fewer.remove(i);
      simpler.add(new Prefill(peer, table, fewer));
    }
    return simpler;
  }

  private static List<Integer> columns(Shape shape) {
    return IntStream.range(0, shape.columns().size()).boxed().toList();
  }

  private static SqlText statement(Shape shape, List<Object> row) {
    SqlText sql = new SqlText().add("INSERT OR IGNORE INTO " + shape.name());
    return sql.add(" VALUES(").values(row).add(")");
  }

  @Override
  public String text(List<Shape> tables) {
    StringBuilder out = new StringBuilder(peer + ": before crsql_as_crr");
    rows.forEach(row -> out.append("; ").append(statement(tables.get(table), row)));
    return out.toString();
  }
}
