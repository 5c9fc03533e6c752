package io.crsql.engine.schema;

import io.crsql.engine.value.Value;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Stmt;

/**
 * A column of a table's primary key.
 *
 * @param name its name
 * @param affinity its affinity
 * @param typed whether it holds values of its type only
 * @param collation the collation under which the key is unique
 * @param nullable whether SQLite would store a NULL in it
 */
record KeyColumn(
    String name, Affinity affinity, boolean typed, String collation, boolean nullable) {
  String quoted() {
    return Names.quote(name);
  }

  /** The column under the key's own collation, which need not be the column's. */
  String comparable() {
    return quoted() + " COLLATE " + Names.quote(collation);
  }

  /** Whether it can hold the value, as it is or as SQLite converts it. */
  boolean holds(Db db, Value value) {
    if (!typed || affinity.has(value.type())) {
      return true;
    }
    String converts = affinity.converts();
    if (converts == null) {
      return false;
    }
    try (Stmt stmt = db.prepare("SELECT " + converts)) {
      value.bind(stmt, 1);
      stmt.step();
      return stmt.getLong(0) != 0;
    }
  }
}
