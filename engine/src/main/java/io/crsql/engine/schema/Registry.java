package io.crsql.engine.schema;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.Collection;
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
  /** After that many tables, it is likely that all are going to be looked at. */
  private static final int FEW = 8;

  private final Schema schema;
  private final Stmt schemaVersion;
  private final Stmt tempTriggers;
  private final Map<Long, Crr> byId = new HashMap<>();
  private final Map<Long, Registration> rows = new HashMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<String, Long> formerIds = new HashMap<>();
  private final List<Long> order = new ArrayList<>();
  private long knownMain = -1;
  private String knownTemp = "";
  private long committedMain = -1;
  private String committedTemp = "";
  private Set<String> cascading;
  private boolean present;
  private int generation;
  private int reprepared;

  /** How often the schema's version had been prepared again when temporary triggers were read. */
  private int triggersRead = -1;

  /** A registry that knows nothing yet. */
  public Registry(Schema schema) {
    this.schema = schema;
    this.schemaVersion = schema.prepare("PRAGMA " + schema.of("schema_version"));
    // Not PRAGMA temp.schema_version: SQLite crashes if PRAGMA temp_store closes the temporary
    // database between preparing that and running it.
    this.tempTriggers = schema.prepare("SELECT sql FROM temp.sqlite_schema WHERE type = 'trigger'");
  }

  /** Finalises its statements. */
  public void close() {
    schemaVersion.close();
    tempTriggers.close();
  }

  /**
   * Forgets everything if the database may have been detached, and another one attached, since the
   * last time.
   *
   * @return whether it may have been
   */
  public boolean forgetAnother() {
    version();
    boolean may = schemaVersion.reprepared() != reprepared;
    if (may) {
      reprepared = schemaVersion.reprepared();
      knownMain = -1;
      committedMain = -1;
    }
    return may;
  }

  /** Forgets everything: crsql's own tables have changed. */
  public void invalidate() {
    knownMain = -1;
    schema.relist();
  }

  /** What is known now has been committed. */
  public void committed() {
    committedMain = knownMain;
    committedTemp = knownTemp;
  }

  /**
   * Something has been rolled back: forgets what was not committed, whose schema version another
   * schema may be given.
   */
  public void undone() {
    schema.relist();
    if (knownMain != committedMain || !knownTemp.equals(committedTemp)) {
      invalidate();
    }
  }

  /**
   * Takes note of a changed schema.
   *
   * @param lasting whether a rollback of what is seen now would be noticed
   */
  public void refresh(boolean lasting) {
    long main = version();
    String temp = readTriggers();
    if (main == knownMain && temp.equals(knownTemp)) {
      triggersRead = schemaVersion.reprepared();
      return;
    }
    schema.relist();
    cascading = null;
    byId.clear();
    rows.clear();
    ids.clear();
    formerIds.clear();
    order.clear();
    generation++;
    present = Metadata.exists(schema);
    if (present) {
      checkFormat();
      for (Registration row : Registration.all(schema)) {
        order.add(row.id());
        rows.put(row.id(), row);
        ids.put(Names.asciiLower(row.name()), row.id());
      }
      readFormerNames();
    }
    knownMain = lasting ? main : -1;
    knownTemp = temp;
    triggersRead = schemaVersion.reprepared();
  }

  private void readFormerNames() {
    try (Stmt stmt =
        schema.prepare(
            "SELECT name, tbl FROM " + schema.of("crsql_renamed") + " WHERE slot = -1")) {
      while (stmt.step()) {
        formerIds.put(Names.asciiLower(stmt.getText(0)), stmt.getLong(1));
      }
    }
  }

  /** SQLite's number for the schema as it is now: another one after each change. */
  public long version() {
    try {
      schemaVersion.step();
      return schemaVersion.getLong(0);
    } finally {
      schemaVersion.reset();
    }
  }

  /**
   * The temporary triggers, of which there are hardly ever any. SQLite prepares every statement
   * again once the temporary schema has changed, and counts it: until then there are still none.
   * (Not so where PRAGMA temp_store takes triggers away.)
   */
  private String readTriggers() {
    if (knownTemp.isEmpty() && schemaVersion.reprepared() == triggersRead) {
      return knownTemp;
    }
    try {
      String all = "";
      while (tempTriggers.step()) {
        all += tempTriggers.getText(0) + '\n';
      }
      return all;
    } finally {
      tempTriggers.reset();
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
      if (byId.size() == FEW) {
        schema.list();
      }
      byId.put(id, present ? load(id) : null);
    }
    return byId.get(id);
  }

  /**
   * The CRR of that name, in any case, else the one that once had it; null if there is neither, or
   * the table has been dropped.
   */
  public Crr byName(String name) {
    String lower = Names.asciiLower(name);
    Long id = ids.getOrDefault(lower, formerIds.get(lower));
    return id == null ? null : byId(id);
  }

  /** Whether crsql_begin_alter has been called for the table of that name, now or before. */
  public boolean isAltering(String name) {
    Registration row = find(name, Catalog.read(schema, name));
    return row != null && row.altering();
  }

  /** Takes note of what has just been done to the schema. */
  void reread() {
    invalidate();
    refresh(true);
  }

  /** The CRR of that number, after what has just been done to it. */
  Crr reread(long id) {
    reread();
    return byId(id);
  }

  /** How the table of that name is registered, even if it has been dropped; null if it is not. */
  Registration named(String name) {
    return rows.get(ids.getOrDefault(Names.asciiLower(name), -1L));
  }

  /**
   * Why the transaction must not be committed, because a table is being altered; null if none is.
   */
  public String unfinished() {
    for (Registration row : rows.values()) {
      if (row.altering()) {
        Crr crr = byId(row.id());
        return crr == null ? Shapes.droppedInAlteration(schema, row.name()) : crr.fault();
      }
    }
    return null;
  }

  /** How all tables are registered. */
  Collection<Registration> rows() {
    return rows.values();
  }

  /** How the CRR of that number is registered; null if there is none. */
  Registration row(long id) {
    return rows.get(id);
  }

  /**
   * How a table is registered: as its triggers say, which move with it, else by its name. Null if
   * it is not.
   *
   * @param table what there is under the name; null if nothing is
   */
  Registration find(String name, Catalog table) {
    Registration named = named(name);
    if (table == null || !Capture.isOn(table) || (named != null && named.isOn(table))) {
      return named;
    }
    for (Registration row : rows.values()) {
      if (row.isOn(table)) {
        return row;
      }
    }
    return named;
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
                  // Asking each table for its foreign keys takes long where there are many.
                  + " WHERE s.type = 'table' AND instr(lower(s.sql), 'references')"
                  + " AND (f.on_delete <> 'NO ACTION'"
                  + " OR f.on_update <> 'NO ACTION')")) {
        while (stmt.step()) {
          cascading.add(Names.asciiLower(stmt.getText(0)));
        }
      }
    }
    return cascading;
  }

  private Crr load(long id) {
    Registration row = rows.get(id);
    Catalog catalog = row == null ? null : row.find(schema);
    return catalog == null
        ? null
        : Shapes.read(schema, row, catalog, cascading().contains(Names.asciiLower(catalog.name)));
  }
}
