package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import io.crsql.sync.jdbc.JdbcStore;
import java.util.ArrayList;
import java.util.List;

/** A peer's database, and what its programs and its owner do with it. */
final class Replica implements AutoCloseable {
  private static final String ROWS =
      "SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_site_id())"
          + " FROM crsql_changes";
  private static final String MERGE =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
          + " VALUES(?1, ?2, ?3, ?4, ?5, ?6)";

  private final Simulation world;
  private final int node;
  private final Rng sites;
  private Database database;
  private JdbcStore store;
  private int schema;
  private int restored;
  private boolean forgotten;
  private byte[] backup;
  private int backupSchema;

  Replica(Simulation world, NodePlan plan) {
    this.world = world;
    this.node = plan.id();
    this.sites = Seeds.of(world.seed(), 3, node);
    this.schema = plan.schema();
    this.database = Database.fresh(schema, plan.clock(), sites);
    this.store = new JdbcStore(database.connection);
  }

  Database database() {
    return database;
  }

  JdbcStore store() {
    return store;
  }

  int schema() {
    return schema;
  }

  /** How often it has been put back to a copy. */
  int restored() {
    return restored;
  }

  /** Whether it has dropped own writes that others have. */
  boolean hasForgotten() {
    return forgotten;
  }

  void write(long pick, int statements, boolean rollback) {
    world.statistics().count("transactions");
    new Writing(database, schema, node, world.ledger(), new Rng(pick)).run(statements, rollback);
  }

  void merge(Replica from, long pick, int share) {
    if (schema != 0 && from.schema != 0) {
      world.statistics().count("merges of rows");
      Rng choices = new Rng(pick);
      List<Object[]> rows = new ArrayList<>(from.database.query(ROWS));
      rows.removeIf(row -> !choices.percent(share));
      database.run("BEGIN");
      rows.forEach(row -> database.run(MERGE, row));
      database.run("COMMIT");
    }
  }

  void upgrade(int what) {
    int after = schema | what;
    after &= Schema.has(after, Schema.ITEM) ? Schema.ALL : ~Schema.COLUMN;
    if (after != schema) {
      world.statistics().count("upgrades");
      database.alter(Schema.upgrade(schema, after));
      schema = after;
    }
  }

  void rebuild(boolean isForgotten) {
    world.statistics().count("rebuilds");
    database.alter(Schema.rebuild(schema, isForgotten));
    forgotten |= isForgotten;
  }

  void backup() {
    backup = database.image();
    backupSchema = schema;
  }

  boolean hasBackup() {
    return backup != null;
  }

  /** The copy comes in its place. */
  void restore() {
    world.statistics().count("restores");
    close();
    database = Database.restored(backup, sites);
    store = new JdbcStore(database.connection);
    schema = backupSchema;
    restored++;
    world.restored();
  }

  /** Another process opens it. */
  void reopen() {
    store.close();
    store = new JdbcStore(database.connection);
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}
