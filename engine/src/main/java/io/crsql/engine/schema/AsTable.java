package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;

/**
 * {@code crsql_as_table}: makes an ordinary table of a CRR again, or forgets one that has been
 * dropped.
 *
 * <p>Runs inside a savepoint of its caller's, which has seen to it that the clock is stored: the
 * log's end was part of it.
 */
public final class AsTable {
  private AsTable() {}

  /**
   * Does it.
   *
   * @throws SqliteException if the table is not a CRR
   */
  public static void apply(Schema schema, Registry registry, String name) {
    registry.reread();
    Catalog named = Catalog.read(schema, name);
    Registration row = registry.find(name, named);
    if (row == null) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql_as_table: " + schema.shown(name) + " is not replicated");
    }
    Catalog table = row.find(schema);
    if (table != null) {
      row.checkIs(table.name, named);
      Triggers.drop(schema, table, row.name());
    }
    new Register(schema).remove(row);
    registry.reread();
  }
}
