package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * {@code crsql_as_crr}: makes a table a CRR, and mends one whose name, columns or triggers have
 * changed since.
 *
 * <p>Runs inside a savepoint of its caller's.
 */
public final class AsCrr {
  private final Schema schema;
  private final Registry registry;
  private final LongPredicate written;

  /**
   * Works on the registry's database.
   *
   * @param written whether this transaction has written the CRR of that number
   */
  public AsCrr(Schema schema, Registry registry, LongPredicate written) {
    this.schema = schema;
    this.registry = registry;
    this.written = written;
  }

  /**
   * Makes or mends the CRR.
   *
   * @return the CRR and what its log must now be reconciled with; null if the table is SQLite's or
   *     crsql's own
   * @throws SqliteException if the table is unfit, saying why and what to do
   */
  public Mended apply(String name) {
    registry.reread();
    Catalog catalog = Catalog.read(schema, name);
    if (catalog != null && Metadata.owns(registry, catalog.name)) {
      return null;
    }
    Registration row = registry.find(name, catalog);
    Crr known = row == null ? null : registry.byId(row.id());
    if (catalog == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          known != null
              ? known.fault()
              : "crsql_as_crr: there is no table " + schema.shown(name) + "; create it first");
    }
    Fitness.check("crsql_as_crr", schema, catalog, row);
    if (row == null) {
      return create(catalog);
    }
    row.checkIs(known.name, catalog);
    if (known.fault() == null) {
      return new Mended(known, false, false, List.of(), false);
    }
    if (!known.mendable() || row.altering()) {
      throw new SqliteException(SqliteException.ERROR, known.fault());
    }
    return new Mend(schema, registry).follow(row, catalog, written.test(row.id()));
  }

  private Mended create(Catalog catalog) {
    if (!registry.present()) {
      Metadata.create(schema);
    }
    long id = new Register(schema).add(catalog);
    Metadata.createCompanions(schema, registry.reread(id));
    return new Mended(new Mend(schema, registry).capture(id), true, true, List.of(), false);
  }
}
