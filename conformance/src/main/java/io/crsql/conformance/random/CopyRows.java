package io.crsql.conformance.random;

import io.crsql.conformance.model.Column;
import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * INSERT ... SELECT of a table's own rows, with one column set.
 *
 * @param peer the replica
 * @param table the table
 * @param conflict what to do where a row exists
 * @param set the column that is set
 */
record CopyRows(int peer, int table, Conflict conflict, Assignment set) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    Shape shape = world.table(peer, table);
    Peer at = world.peer(peer);
    List<List<Object>> rows = at.scan(shape, "");
    at.write(
        statement(shape),
        writes -> {
          for (List<Object> row : rows) {
            List<Object> changed = new ArrayList<>(row);
            changed.set(set.column(), writes.assigned(shape, set, row, null));
            writes.insert(shape, changed, conflict);
          }
        });
  }

  private SqlText statement(Shape shape) {
    SqlText sql = new SqlText().add("INSERT" + conflict.sql() + " INTO " + shape.name());
    sql.add(" SELECT ");
    List<Column> columns = shape.columns();
    for (int i = 0; i < columns.size(); i++) {
      sql.add(i == 0 ? "" : ", ");
      if (i == set.column()) {
        set.append(sql, shape);
      } else {
        sql.add(columns.get(i).name());
      }
    }
    sql.add(" FROM " + shape.name() + " NOT INDEXED");
    return sql;
  }

  @Override
  public String text(List<Shape> tables) {
    return peer + ": " + statement(tables.get(table));
  }
}
