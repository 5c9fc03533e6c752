package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The CRRs of a connection's main database, kept as long as the schema stays what it was when they
 * were read.
 *
 * <p>Reading a table's shape also checks that its capture still works: that each trigger is there,
 * is what crsql would make now, and is the newest of its table (SQLite runs the newest first, and
 * only then is the log's order the order of events).
 */
public final class Registry {
  private final Schema schema;
  private final Stmt schemaVersion;
  private final Stmt tempVersion;
  private final Map<Long, Crr> byId = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final List<Long> order = new ArrayList<>();
  private long knownMain = -1;
  private long knownTemp = -1;
  private Set<String> cascading;
  private boolean present;
  private int generation;

  /** A registry that knows nothing yet. */
  public Registry(Schema schema) {
    this.schema = schema;
    this.schemaVersion = schema.prepare("PRAGMA " + schema.of("schema_version"));
    this.tempVersion = schema.prepare("PRAGMA temp.schema_version");
  }

  /** Finalises its statements. */
  public void close() {
    schemaVersion.close();
    tempVersion.close();
  }

  /** Forgets everything: the schema may have been rolled back. */
  public void invalidate() {
    knownMain = -1;
  }

  /**
   * Takes note of a changed schema.
   *
   * @param lasting whether a rollback of what is seen now would be noticed
   */
  public void refresh(boolean lasting) {
    long main = read(schemaVersion);
    long temp = read(tempVersion);
    if (main == knownMain && temp == knownTemp) {
      return;
    }
    cascading = null;
    byId.clear();
    ids.clear();
    order.clear();
    generation++;
    present = Metadata.exists(schema);
    if (present) {
      checkFormat();
      try (Stmt stmt =
          schema.prepare("SELECT id, name FROM " + schema.of("crsql_tables") + " ORDER BY id")) {
        while (stmt.step()) {
          order.add(stmt.getLong(0));
          ids.put(Names.asciiLower(stmt.getText(1)), stmt.getLong(0));
        }
      }
    }
    knownMain = lasting ? main : -1;
    knownTemp = temp;
  }

  private static long read(Stmt pragma) {
    try {
      pragma.step();
      return pragma.getLong(0);
    } finally {
      pragma.reset();
    }
  }

  private void checkFormat() {
    try (Stmt stmt =
        schema.prepare("SELECT value FROM " + schema.of("crsql_meta") + " WHERE key = 'format'")) {
      long format = stmt.step() ? stmt.getLong(0) : 0;
      if (format != Metadata.FORMAT) {
        throw new SqliteException(
            SqliteException.ERROR,
            "crsql: this file's metadata has format "
                + format
                + ", this crsql reads format "
                + Metadata.FORMAT
                + "; use a newer crsql");
      }
    }
  }

  /** Whether the file has crsql's tables, and so a site_id and a clock. */
  public boolean present() {
    return present;
  }

  /** Counts the times that shapes were forgotten; what was prepared for an older one is stale. */
  public int generation() {
    return generation;
  }

  /** The numbers of all CRRs, those of dropped tables included. */
  public List<Long> all() {
    return order;
  }

  /** The CRR of that number; null if there is none, or its table has been dropped. */
  public Crr byId(long id) {
    if (!byId.containsKey(id)) {
      byId.put(id, present ? load(id) : null);
    }
    return byId.get(id);
  }

  /** The CRR of that name, in any case; null if there is none, or its table has been dropped. */
  public Crr byName(String name) {
    Long id = ids.get(Names.asciiLower(name));
    return id == null ? null : byId(id);
  }

  /**
   * The number under which a table is registered, even if it has been dropped; -1 if it never was.
   */
  long idOf(String name) {
    Long id = ids.get(Names.asciiLower(name));
    return id == null ? -1 : id;
  }

  /** The tables whose rows other tables' foreign keys follow: deleting one may write others. */
  private Set<String> cascading() {
    if (cascading == null) {
      cascading = new HashSet<>();
      try (Stmt stmt =
          schema.prepare(
              "SELECT f.\"table\" FROM "
                  + schema.of("sqlite_schema")
                  + " s, pragma_foreign_key_list(s.name, "
                  + schema.literal()
                  + ") f"
                  + " WHERE s.type = 'table' AND (f.on_delete <> 'NO ACTION'"
                  + " OR f.on_update <> 'NO ACTION')")) {
        while (stmt.step()) {
          cascading.add(Names.asciiLower(stmt.getText(0)));
        }
      }
    }
    return cascading;
  }

  private Crr load(long id) {
    Catalog catalog;
    int slots;
    try (Stmt stmt =
        schema.prepare("SELECT name, slots FROM " + schema.of("crsql_tables") + " WHERE id = ?1")) {
      stmt.bindLong(1, id);
      if (!stmt.step()) {
        return null;
      }
      slots = (int) stmt.getLong(1);
      catalog = Catalog.read(schema, stmt.getText(0));
    }
    return catalog == null
        ? null
        : Shapes.read(
            schema, id, slots, catalog, cascading().contains(Names.asciiLower(catalog.name)));
  }
}
