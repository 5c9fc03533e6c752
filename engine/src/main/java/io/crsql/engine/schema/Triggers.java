package io.crsql.engine.schema;

import java.util.List;

/** Makes and drops crsql's triggers of one table. */
final class Triggers {
  private Triggers() {}

  /** Drops them, whichever there are. */
  static void drop(Schema schema, Catalog catalog, String registeredName) {
    for (Catalog.Trigger trigger : Shapes.ours(catalog, registeredName)) {
      schema.define("DROP TRIGGER " + schema.of(Names.quote(trigger.name())));
    }
  }

  /** Makes them, as the newest of their table. */
  static void create(Schema schema, List<String> statements) {
    for (String statement : statements) {
      schema.define("CREATE TRIGGER " + schema.of(statement.substring("CREATE TRIGGER ".length())));
    }
  }
}
