package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import java.util.ArrayList;
import java.util.List;

/** Brings a CRR up to what its table has become. */
final class Mend {
  private final Schema schema;
  private final Registry registry;

  Mend(Schema schema, Registry registry) {
    this.schema = schema;
    this.registry = registry;
  }

  /**
   * Follows new, lost and renamed columns and a new name, at a cost that does not grow with the
   * table, and makes the capture triggers anew.
   *
   * @param written whether the table may have been written since its triggers went stale
   * @throws SqliteException if it cannot be captured as it is now
   */
  Mended follow(Registration row, Catalog catalog, boolean written) {
    List<Lineage.Registered> columns = Shapes.columns(row.columns(schema));
    Lineage lineage = Lineage.of(catalog, row.name(), row.slots(), columns, row.altering());
    boolean lost = row.hasLostTriggers(schema, catalog);
    boolean inverted = written && Shapes.overtaking(catalog, row.name()) != null;
    Register register = new Register(schema);
    boolean renamed = !Names.asciiLower(row.name()).equals(Names.asciiLower(catalog.name));
    if (renamed) {
      makeRoom(register, catalog.name);
    }
    Triggers.drop(schema, catalog, row.name());
    if (renamed) {
      register.rename(row, catalog.name);
    }
    register.columns(row, lineage);
    register.setAltering(row.id(), false);
    Crr crr = capture(row.id());
    List<Integer> suspects = new ArrayList<>();
    for (int slot = row.slots(); slot < crr.slots(); slot++) {
      if (lost || written || crr.column(slot).defaultIsEvaluated()) {
        suspects.add(slot);
      }
    }
    return new Mended(crr, true, lost || inverted, suspects, !lineage.gone.isEmpty());
  }

  /** Forgets a dropped table of the name that a renamed one has now. */
  private void makeRoom(Register register, String name) {
    Registration namesake = registry.named(name);
    if (namesake == null) {
      return;
    }
    Crr moved = registry.byId(namesake.id());
    if (moved != null) {
      throw new SqliteException(SqliteException.ERROR, moved.fault());
    }
    register.remove(namesake);
  }

  /** Makes the capture triggers of a CRR that has none. */
  Crr capture(long id) {
    List<String> statements = new ArrayList<>();
    for (String statement : Capture.statements(registry.reread(id))) {
      if (statement != null) {
        statements.add(statement);
      }
    }
    Triggers.create(schema, statements);
    Crr crr = registry.reread(id);
    if (crr.fault() != null) {
      throw new SqliteException(SqliteException.ERROR, crr.fault());
    }
    return crr;
  }
}
