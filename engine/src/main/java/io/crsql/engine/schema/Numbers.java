package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import java.util.List;

/**
 * Gives a database's CRRs new numbers, so that an attached copy of the file is told apart.
 *
 * <p>Runs inside a savepoint of its caller's.
 */
public final class Numbers {
  private final Schema schema;
  private final Registry registry;

  /** Works on the registry's database. */
  public Numbers(Schema schema, Registry registry) {
    this.schema = schema;
    this.registry = registry;
  }

  /**
   * Gives them.
   *
   * @throws SqliteException if the capture of a table is out of order; making its triggers anew
   *     would hide that
   */
  public void renew() {
    for (long id : registry.all()) {
      Crr crr = registry.byId(id);
      if (crr != null && crr.fault() != null) {
        throw new SqliteException(SqliteException.ERROR, crr.fault());
      }
    }
    Register register = new Register(schema);
    for (long id : registry.all()) {
      Crr crr = registry.byId(id);
      if (crr != null) {
        Triggers.drop(schema, Catalog.read(schema, crr.name), crr.registeredName);
      }
      register.renumber(id);
    }
    registry.reread();
    for (long id : List.copyOf(registry.all())) {
      if (registry.byId(id) != null) {
        new Mend(schema, registry).capture(id);
      }
    }
  }
}
