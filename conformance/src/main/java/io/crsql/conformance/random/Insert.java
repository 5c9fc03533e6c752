package io.crsql.conformance.random;

import io.crsql.conformance.model.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * INSERT of some rows, possibly as an upsert.
 *
 * @param peer the replica
 * @param table the table
 * @param conflict what to do where a row exists
 * @param columns the columns that are given, all of the key's among them
 * @param rows the values of those
 * @param upsert what DO UPDATE sets, nothing for DO NOTHING; null if it is no upsert
 * @param where the rows that DO UPDATE updates
 */
record Insert(
    int peer,
    int table,
    Conflict conflict,
    List<Integer> columns,
    List<List<Object>> rows,
    List<Assignment> upsert,
    Where where)
    implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public int width() {
    int most = Collections.max(columns);
    return 1 + (upsert == null ? most : Math.max(most, Update.widest(upsert, where)));
  }

  @Override
  public void run(World world) {
    Shape shape = world.table(peer, table);
    world
        .peer(peer)
        .write(
            statement(shape),
            writes -> {
              for (List<Object> row : rows) {
                List<Object> whole = whole(shape, world.stored(shape, columns, row));
                if (upsert == null) {
                  writes.insert(shape, whole, conflict);
                } else {
                  writes.upsert(shape, whole, upsert, where);
                }
              }
            });
  }

  private List<Object> whole(Shape shape, List<Object> given) {
    List<Object> row = new ArrayList<>();
    for (int i = 0; i < shape.columns().size(); i++) {
      int place = columns.indexOf(i);
      row.add(place < 0 ? shape.columns().get(i).omitted() : given.get(place));
    }
    return row;
  }

  /** The same of one row with another key. */
  Insert withKey(Shape shape, List<Object> key) {
    Insert keyed = this;
    for (int i = 0; i < key.size(); i++) {
      keyed = keyed.with(shape, shape.key().get(i).name(), key.get(i));
    }
    return keyed;
  }

  /** The same of one row with another value in a column. */
  Insert with(Shape shape, String column, Object value) {
    List<Object> row = new ArrayList<>(rows.get(0));
    row.set(columns.indexOf(shape.place(column)), value);
    return new Insert(peer, table, conflict, columns, List.of(row), upsert, where);
  }

  private SqlText statement(Shape shape) {
    SqlText sql = new SqlText().add("INSERT" + conflict.sql() + " INTO " + shape.name() + "(");
    for (int i = 0; i < columns.size(); i++) {
      sql.add(i == 0 ? "" : ", ").add(shape.columns().get(columns.get(i)).name());
    }
    sql.add(") VALUES");
    for (int i = 0; i < rows.size(); i++) {
      sql.add(i == 0 ? "(" : ", (").values(rows.get(i)).add(")");
    }
    if (upsert != null && upsert.isEmpty()) {
      sql.add(" ON CONFLICT DO NOTHING");
    } else if (upsert != null) {
      sql.add(" ON CONFLICT DO UPDATE SET ");
      Update.appendSet(sql, shape, upsert);
      where.append(sql, shape);
    }
    return sql;
  }

  @Override
  public List<Op> simpler() {
    List<Op> simpler = new ArrayList<>();
    for (int i = 0; rows.size() > 1 && i < rows.size(); i++) {
      List<List<Object>> fewer = new ArrayList<>(rows);
      fewer.remove(i);
      simpler.add(new Insert(peer, table, conflict, columns, fewer, upsert, where));
    }
    if (conflict != Conflict.ABORT) {
      simpler.add(new Insert(peer, table, Conflict.ABORT, columns, rows, upsert, where));
    }
    if (upsert != null && where != Where.ALL) {
      simpler.add(new Insert(peer, table, conflict, columns, rows, upsert, Where.ALL));
    }
    return simpler;
  }

  @Override
  public String text(List<Shape> tables) {
    return peer + ": " + statement(tables.get(table));
  }
}
