package io.crsql.engine.clock;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import java.util.HashMap;
import java.util.Map;

/**
 * The clock as the file tells it: the greatest of what is stored and what the last entries of the
 * logs stand for. The statements are kept as long as the schema stays what it was, since many
 * tables may have to be asked each time that another connection has committed.
 */
final class LogEnds {
  private final Schema schema;
  private final Registry registry;

  /** By a table's name its log's last entry. */
  private final Map<String, Stmt> last = new HashMap<>();

  private Stmt stored;
  private Stmt tables;
  private int generation;

  LogEnds(Schema schema, Registry registry) {
    this.schema = schema;
    this.registry = registry;
  }

  /** The greatest version that the file tells of. */
  long greatest() {
    if (tables == null || generation != registry.generation()) {
      close();
      generation = registry.generation();
      prepare();
    }
    long greatest = stored();
    try {
      while (tables.step()) {
        Stmt entry = last.get(tables.getText(0));
        if (entry != null) {
          greatest = Math.max(greatest, tables.getLong(2));
          greatest = Math.max(greatest, end(entry, Math.max(1, tables.getLong(1))));
        }
      }
    } finally {
      tables.reset();
    }
    return greatest;
  }

  private void prepare() {
    String registered = schema.of("crsql_tables");
    stored =
        schema.prepare("SELECT value FROM " + schema.of("crsql_meta") + " WHERE key = 'clock'");
    try (Stmt names =
        schema.prepare(
            "SELECT t.name FROM "
                + registered
                + " t JOIN "
                + schema.of("sqlite_schema")
                + " s ON s.name = t.name || '__crsql_log' COLLATE NOCASE")) {
      while (names.step()) {
        String name = names.getText(0);
        last.put(
            name,
            schema.prepare(
                "SELECT at, site IS NOT NULL OR cols = 0, part >> 1 FROM "
                    + schema.of(Names.log(name))
                    + " ORDER BY at DESC LIMIT 1"));
      }
    }
    tables = schema.prepare("SELECT name, slots, folded FROM " + registered);
  }

  private long stored() {
    try {
      return stored.step() ? stored.getLong(0) : 0;
    } finally {
      stored.reset();
    }
  }

  /**
   * The last version of the last entry in a table's log; more, and so a gap, if the table has got
   * columns since.
   */
  private static long end(Stmt entry, long ticks) {
    try {
      if (!entry.step()) {
        return 0;
      }
      long at = entry.getLong(0);
      boolean one = entry.getLong(1) != 0;
      return one ? at : at - entry.getLong(2) * Crr.GROUP + ticks - 1;
    } finally {
      entry.reset();
    }
  }

  /** Finalises its statements. */
  void close() {
    for (Stmt entry : last.values()) {
      entry.close();
    }
    last.clear();
    if (stored != null) {
      stored.close();
      stored = null;
    }
    if (tables != null) {
      tables.close();
      tables = null;
    }
  }
}
