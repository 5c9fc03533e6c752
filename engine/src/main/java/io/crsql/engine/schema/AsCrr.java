package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;

/**
 * {@code crsql_as_crr}: makes a table a CRR, and mends one whose columns or triggers have changed
 * since.
 *
 * <p>Runs inside a savepoint of its caller's.
 */
public final class AsCrr {
  private final Schema schema;
  private final Registry registry;

  /**
   * What may have passed the log by.
   *
   * @param rows whether rows may have, because the table was not captured
   * @param firstNewSlot the slot from which on columns are new, and may have been written since
   */
  public record Mended(boolean rows, int firstNewSlot) {
    /** Nothing may. */
    static final Mended NOTHING = new Mended(false, Integer.MAX_VALUE);

    /** Whether anything may have passed it by. */
    public boolean any() {
      return rows || firstNewSlot < Integer.MAX_VALUE;
    }
  }

  /** Works on the registry's database. */
  public AsCrr(Schema schema, Registry registry) {
    this.schema = schema;
    this.registry = registry;
  }

  /**
   * Makes or mends the CRR.
   *
   * @return what the log must now be reconciled with
   * @throws SqliteException if the table is unfit, saying why and what to do
   */
  public Mended apply(String name) {
    Catalog catalog = Catalog.read(schema, name);
    if (catalog == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_as_crr: there is no table " + Names.shown(name) + "; create it first");
    }
    Fitness.check(schema, catalog);
    registry.invalidate();
    registry.refresh(true);
    if (!registry.present()) {
      Metadata.create(schema);
    }
    long id = registry.idOf(catalog.name);
    boolean fresh = id < 0;
    int slots = Integer.MAX_VALUE;
    if (fresh) {
      id = register(catalog);
    } else {
      Crr known = registry.byId(id);
      slots = known.slots();
      if (known.fault() == null) {
        return Mended.NOTHING;
      }
      if (!known.mendable()) {
        throw new SqliteException(SqliteException.ERROR, known.fault());
      }
      followColumns(id, catalog);
    }
    registry.invalidate();
    registry.refresh(true);
    Crr crr = registry.byId(id);
    if (fresh) {
      Metadata.createCompanions(schema, crr);
    }
    boolean gap = Shapes.ours(catalog).size() < count(Capture.statements(crr));
    makeTriggers(catalog, crr);
    registry.invalidate();
    registry.refresh(true);
    String fault = registry.byId(id).fault();
    if (fault != null) {
      throw new SqliteException(SqliteException.ERROR, fault);
    }
    return new Mended(gap, slots);
  }

  private static int count(String[] statements) {
    int count = 0;
    for (String statement : statements) {
      count += statement == null ? 0 : 1;
    }
    return count;
  }

  private long register(Catalog catalog) {
    long id;
    try (Stmt stmt =
        schema.prepare(
            "INSERT INTO "
                + schema.of("crsql_tables")
                + "(id, name, slots, folded)"
                + " VALUES(random() & 9223372036854775807 | 1, ?1, 0, 0) RETURNING id")) {
      stmt.bindText(1, catalog.name);
      stmt.step();
      id = stmt.getLong(0);
    }
    int slots = 0;
    for (CatalogColumn column : catalog.columns) {
      if (column.keyPlace() == 0) {
        addColumn(id, slots++, column.name(), Integer.toString(column.number()));
      }
    }
    if (slots == 0) {
      addColumn(id, slots++, "", Integer.toString(Shapes.EXISTENCE));
    }
    setSlots(id, slots);
    return id;
  }

  private void addColumn(long id, int slot, String name, String number) {
    schema.exec(
        "INSERT INTO "
            + schema.of("crsql_columns")
            + "(tbl, slot, name, number) VALUES("
            + id
            + ", "
            + slot
            + ", "
            + Names.literal(name)
            + ", "
            + number
            + ")");
  }

  private void setSlots(long id, int slots) {
    schema.exec(
        "UPDATE " + schema.of("crsql_tables") + " SET slots = " + slots + " WHERE id = " + id);
  }

  /** Retires the slots of columns that are gone and gives new ones to those that are new. */
  private void followColumns(long id, Catalog catalog) {
    Crr known = registry.byId(id);
    int slots = known.slots();
    for (CatalogColumn column : catalog.columns) {
      if (column.keyPlace() == 0 && known.columnNamed(column.name()) == null) {
        addColumn(id, slots++, column.name(), "NULL");
      }
    }
    for (int slot = 0; slot < known.slots(); slot++) {
      if (known.column(slot) == null && !(slot == 0 && known.existenceMark())) {
        schema.exec(
            "UPDATE "
                + schema.of("crsql_columns")
                + " SET name = NULL WHERE tbl = "
                + id
                + " AND slot = "
                + slot);
      }
    }
    setSlots(id, slots);
  }

  /** Makes the triggers anew, so that they are the newest of the table. */
  private void makeTriggers(Catalog catalog, Crr crr) {
    for (Catalog.Trigger trigger : Shapes.ours(catalog)) {
      schema.exec("DROP TRIGGER " + schema.of(Names.quote(trigger.name())));
    }
    for (String statement : Capture.statements(crr)) {
      if (statement != null) {
        schema.exec("CREATE TRIGGER " + schema.of(statement.substring("CREATE TRIGGER ".length())));
      }
    }
  }
}
