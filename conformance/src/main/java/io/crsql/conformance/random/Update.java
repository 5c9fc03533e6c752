package io.crsql.conformance.random;

import io.crsql.conformance.model.RowId;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * UPDATE of columns, of the key or of both.
 *
 * @param peer the replica
 * @param table the table
 * @param conflict what to do where a row has the new key
 * @param set what is set
 * @param where the rows
 */
record Update(int peer, int table, Conflict conflict, List<Assignment> set, Where where)
    implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public int width() {
    return 1 + widest(set, where);
  }

  @Override
  public void run(World world) {
    Shape shape = world.table(peer, table);
    List<RowId> rows = where.rows(world.peer(peer), shape);
    world
        .peer(peer)
        .write(statement(shape), writes -> writes.updateAll(shape, rows, set, conflict));
  }

  private SqlText statement(Shape shape) {
    SqlText sql = new SqlText().add("UPDATE" + conflict.sql() + " " + shape.name());
    sql.add(where.key() == null ? " NOT INDEXED SET " : " SET ");
    appendSet(sql, shape, set);
    where.append(sql, shape);
    return sql;
  }

  /** The greatest index of a column that is set or looked at. */
  static int widest(List<Assignment> set, Where where) {
    return set.stream().mapToInt(Assignment::column).reduce(where.column(), Math::max);
  }

  /** Appends the assignments of a SET clause. */
  static void appendSet(SqlText sql, Shape shape, List<Assignment> set) {
    for (int i = 0; i < set.size(); i++) {
      String column = shape.columns().get(set.get(i).column()).name();
      set.get(i).append(sql.add(i == 0 ? "" : ", ").add(column + " = "), shape);
    }
  }

  @Override
  public List<Op> simpler() {
    List<Op> simpler = new ArrayList<>();
    for (int i = 0; set.size() > 1 && i < set.size(); i++) {
      List<Assignment> fewer = new ArrayList<>(set);
      fewer.remove(i);
      simpler.add(new Update(peer, table, conflict, fewer, where));
    }
    return simpler;
  }

  @Override
  public String text(List<Shape> tables) {
    return peer + ": " + statement(tables.get(table));
  }
}
