package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Shape;
import java.util.List;

/**
 * All replicas' tables get a column, unless one of them is in a transaction.
 *
 * @param table the table
 * @param column the column
 */
record AddColumn(int table, Column column) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of();
  }

  @Override
  public void run(World world) {
    if (world.anyInTransaction()) {
      return;
    }
    Shape altered = world.table(table).with(column);
    world.alter(table, altered);
    world.peers().values().forEach(peer -> peer.alter(altered, statement(altered)));
    world.statistics().count("added columns");
  }

  private String statement(Shape shape) {
    return "ALTER TABLE " + shape.name() + " ADD COLUMN " + column.definition();
  }

  @Override
  public String text(List<Shape> tables) {
    return "all: " + statement(tables.get(table)) + "; crsql_as_crr";
  }
}
