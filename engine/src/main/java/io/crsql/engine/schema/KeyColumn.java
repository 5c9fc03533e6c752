package io.crsql.engine.schema;

/**
 * A column of a table's primary key.
 *
 * @param name its name
 * @param affinity its affinity
 * @param collation the collation under which the key is unique
 * @param nullable whether SQLite would store a NULL in it
 */
record KeyColumn(String name, Affinity affinity, String collation, boolean nullable) {
  String quoted() {
    return Names.quote(name);
  }

  /** The column under the key's own collation, which need not be the column's. */
  String comparable() {
    return quoted() + " COLLATE " + Names.quote(collation);
  }
}
