package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;

/**
 * {@code crsql_begin_alter} and {@code crsql_commit_alter}: between the two a table takes no
 * writes, so that whatever ALTER TABLE does to it can be followed without looking at its rows.
 *
 * <p>Runs inside a savepoint of its caller's.
 */
public final class Alteration {
  private final Schema schema;
  private final Registry registry;

  /** Works on the registry's database. */
  public Alteration(Schema schema, Registry registry) {
    this.schema = schema;
    this.registry = registry;
  }

  /**
   * Puts the guard triggers in the place of the capture triggers.
   *
   * @throws SqliteException if the table is not a CRR in order
   */
  public void begin(String name) {
    Catalog catalog = Catalog.read(schema, name);
    Registration row = known("crsql_begin_alter", name, catalog);
    Crr crr = registry.byId(row.id());
    if (row.altering()) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_begin_alter: "
              + schema.shown(name)
              + " is being altered already; call "
              + schema.call("crsql_commit_alter", name));
    }
    if (crr.fault() != null) {
      throw new SqliteException(SqliteException.ERROR, crr.fault());
    }
    Triggers.drop(schema, catalog, row.name());
    Triggers.create(schema, Guard.statements(crr, catalog));
    new Register(schema).setAltering(row.id(), true);
    registry.reread();
  }

  /**
   * Follows what has happened to the table since, and captures it again.
   *
   * @param name the table's name, now or before
   * @return the CRR and what its log must now be reconciled with
   * @throws SqliteException if the table cannot be captured as it is now
   */
  public Mended commit(String name) {
    Catalog named = Catalog.read(schema, name);
    Registration row = known("crsql_commit_alter", name, named);
    if (!row.altering()) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_commit_alter: "
              + schema.shown(name)
              + " is not being altered; call "
              + schema.call("crsql_begin_alter", name)
              + " first");
    }
    Crr known = registry.byId(row.id());
    row.checkIs(known.name, named);
    Catalog catalog = Catalog.read(schema, known.name);
    Fitness.check("crsql_commit_alter", schema, catalog, row);
    if (!known.mendable()) {
      throw new SqliteException(SqliteException.ERROR, known.fault());
    }
    return new Mend(schema, registry).follow(row, catalog, false);
  }

  /** How the table is registered, if it is there. */
  private Registration known(String function, String name, Catalog catalog) {
    registry.reread();
    Registration row = registry.find(name, catalog);
    if (row == null || registry.byId(row.id()) == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          function
              + ": "
              + schema.shown(name)
              + (row == null
                  ? " is not replicated; alter it as any other table"
                  : " has been dropped; create it again, or call "
                      + schema.call("crsql_as_table", name)));
    }
    return row;
  }
}
