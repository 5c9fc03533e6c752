package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Shape;
import java.util.List;

/**
 * A replica's table, or those of all replicas, get a column, unless one of them is in a
 * transaction.
 *
 * @param peer the replica; {@link #ALL} for all
 * @param table the table
 * @param column the column
 */
record AddColumn(int peer, int table, Column column) implements Op {
  static final int ALL = -1;

  @Override
  public List<Integer> peers() {
    return peer == ALL ? List.of() : List.of(peer);
  }

  @Override
  public void run(World world) {
    Shape altered = world.table(table).with(column);
    if (peer == ALL && !world.anyInTransaction()) {
      world.alter(altered);
      everywhere(world, altered);
    } else if (peer != ALL && !world.peer(peer).inTransaction()) {
      world.alter(altered);
      upgrade(world, world.peer(peer), altered);
    }
  }

  /** Gives a table its columns at those replicas that do not have them yet. */
  static void everywhere(World world, Shape table) {
    world.peers().values().forEach(at -> upgrade(world, at, table));
  }

  private static void upgrade(World world, Peer at, Shape table) {
    if (at.table(table.name()).columns().size() < table.columns().size()) {
      at.alter(table);
      world.statistics().count("added columns");
    }
  }

  @Override
  public String text(List<Shape> tables) {
    return (peer == ALL ? "all" : peer)
        + ": ALTER TABLE "
        + tables.get(table).name()
        + " ADD COLUMN "
        + column.definition()
        + "; crsql_as_crr";
  }
}
