package io.crsql.conformance.random;

import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import java.util.List;

/**
 * DELETE.
 *
 * @param peer the replica
 * @param table the table
 * @param where the rows
 */
record Delete(int peer, int table, Where where) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public int width() {
    return 1 + where.column();
  }

  @Override
  public void run(World world) {
    Shape shape = world.table(peer, table);
    List<RowId> rows = where.rows(world.peer(peer), shape);
    world.peer(peer).write(statement(shape), writes -> rows.forEach(writes::delete));
  }

  private SqlText statement(Shape shape) {
    SqlText sql = new SqlText().add("DELETE FROM " + shape.name());
    sql.add(where.key() == null ? " NOT INDEXED" : "");
    where.append(sql, shape);
    return sql;
  }

  @Override
  public String text(List<Shape> tables) {
    return peer + ": " + statement(tables.get(table));
  }
}
