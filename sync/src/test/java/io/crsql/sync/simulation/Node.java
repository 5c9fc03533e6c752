package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import io.crsql.sync.jdbc.JdbcStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A peer: a database, and a host that goes round as {@link io.crsql.sync.SyncSession} says. */
final class Node implements AutoCloseable {
  private static final int ALL_FRAMES = Integer.MAX_VALUE;
  private static final String ROWS =
      "SELECT \"table\", pk, cid, val, version, coalesce(site_id, crsql_site_id())"
          + " FROM crsql_changes";
  private static final String MERGE =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
          + " VALUES(?1, ?2, ?3, ?4, ?5, ?6)";

  private final Simulation world;
  private final NodePlan plan;
  private final Rng rng;
  private final Rng sites;
  private Database database;
  private JdbcStore store;
  private int schema;
  private boolean up = true;
  private int restored;
  private byte[] backup;
  private int backupSchema;
  private Step.Crash armed;

  private final Set<Endpoint> endpoints = new LinkedHashSet<>();
  private final List<Arrival> inbox = new ArrayList<>();
  private boolean turnDue;
  private boolean forgotten;
  private boolean changed;

  /** Bytes, or null for the end. */
  private record Arrival(Endpoint at, byte[] bytes) {}

  Node(Simulation world, NodePlan plan) {
    this.world = world;
    this.plan = plan;
    this.rng = Seeds.of(world.seed(), 2, plan.id());
    this.sites = Seeds.of(world.seed(), 3, plan.id());
    this.schema = plan.schema();
    this.database = Database.fresh(schema, plan.clock(), sites);
    this.store = new JdbcStore(database.connection);
  }

  Simulation world() {
    return world;
  }

  NodePlan plan() {
    return plan;
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

  boolean isUp() {
    return up;
  }

  /** Whether it has dropped own writes that others have. */
  boolean hasForgotten() {
    return forgotten;
  }

  int restored() {
    return restored;
  }

  void add(Endpoint endpoint) {
    endpoints.add(endpoint);
    turnLater();
  }

  void arrived(Endpoint endpoint, byte[] bytes) {
    inbox.add(new Arrival(endpoint, bytes));
    turnLater();
  }

  void ended(Endpoint endpoint) {
    inbox.add(new Arrival(endpoint, null));
    turnLater();
  }

  /** There is room again for what an endpoint has to send. */
  void resume(Endpoint endpoint) {
    if (!endpoint.gone() && endpoint.session().pending() > 0) {
      turnLater();
    }
  }

  /** The host has looked at the database, or was told that it has changed. */
  private void changedLater() {
    changed = true;
    turnLater();
  }

  private void turnLater() {
    if (!turnDue && up) {
      turnDue = true;
      world.agenda().after(plan.delay() == 0 ? 0 : rng.below(plan.delay()), this::turn);
    }
  }

  private void turn() {
    turnDue = false;
    if (!up) {
      return;
    }
    List<Arrival> arrivals = new ArrayList<>(inbox);
    inbox.clear();
    boolean batch = !arrivals.isEmpty() && rng.percent(plan.batching());
    long applied = applied();
    if (batch) {
      world.statistics().count("batches");
      database.run("BEGIN");
    }
    int most =
        crashesAt(Step.CrashPoint.BEFORE_COMMIT) ? rng.below(arrivals.size() + 1) : ALL_FRAMES;
    for (int i = 0; i < Math.min(most, arrivals.size()); i++) {
      if (arrivals.get(i).bytes != null) {
        arrivals.get(i).at.receive(arrivals.get(i).bytes);
      }
    }
    if (crashesAt(Step.CrashPoint.BEFORE_COMMIT)) {
      if (batch) {
        database.run("ROLLBACK");
      }
      crashNow();
      return;
    }
    if (batch) {
      database.run("COMMIT");
    }
    if (crashesAt(Step.CrashPoint.AFTER_COMMIT)) {
      crashNow();
      return;
    }
    send(changed || applied() != applied);
    arrivals.stream().filter(arrival -> arrival.bytes == null).forEach(a -> lost(a.at));
  }

  private long applied() {
    return endpoints.stream().mapToLong(e -> e.session().progress().received().chunks()).sum();
  }

  private void send(boolean news) {
    changed = false;
    for (Endpoint endpoint : endpoints) {
      if (news) {
        endpoint.changed();
      }
      endpoint.session().pump();
    }
    if (crashesAt(Step.CrashPoint.BEFORE_SENDING)) {
      crashNow();
      return;
    }
    boolean partly = crashesAt(Step.CrashPoint.WHILE_SENDING);
    for (Endpoint endpoint : List.copyOf(endpoints)) {
      endpoint.check();
      endpoint.flush(partly ? rng.below(3) : ALL_FRAMES);
    }
    if (partly) {
      crashNow();
    }
  }

  void beat() {
    if (up) {
      endpoints.forEach(endpoint -> endpoint.session().heartbeat());
      turnLater();
    }
  }

  /** An endpoint is of no more use. */
  void lost(Endpoint endpoint) {
    if (endpoints.remove(endpoint)) {
      endpoint.forget();
      world.active();
      world.trace(() -> endpoint + " ends");
      if (endpoint.connecting()) {
        endpoint.connection().link().lost(endpoint.connection());
      }
    }
  }

  void write(long pick, int statements, boolean rollback) {
    if (up) {
      world.statistics().count("transactions");
      Rng choices = new Rng(pick);
      new Writing(database, schema, plan.id(), world.ledger(), choices).run(statements, rollback);
      changedLater();
    }
  }

  void merge(Node from, long pick, int share) {
    if (up && schema != 0 && from.schema != 0) {
      world.statistics().count("merges of rows");
      Rng choices = new Rng(pick);
      List<Object[]> rows = new ArrayList<>(from.database.query(ROWS));
      rows.removeIf(row -> !choices.percent(share));
      database.run("BEGIN");
      rows.forEach(row -> database.run(MERGE, row));
      database.run("COMMIT");
      changedLater();
    }
  }

  void upgrade(int what) {
    int after = schema | what;
    after &= Schema.has(after, Schema.ITEM) ? Schema.ALL : ~Schema.COLUMN;
    if (up && after != schema) {
      world.statistics().count("upgrades");
      database.alter(Schema.upgrade(schema, after));
      schema = after;
      changedLater();
    }
  }

  void rebuild(boolean forgotten) {
    if (up) {
      world.statistics().count("rebuilds");
      database.alter(Schema.rebuild(schema, forgotten));
      this.forgotten |= forgotten;
      changedLater();
    }
  }

  void backup() {
    backup = database.image();
    backupSchema = schema;
  }

  void restore(int down) {
    if (up && backup != null) {
      world.statistics().count("restores");
      stop(false, down);
      store.close();
      database.close();
      database = Database.restored(backup, sites);
      schema = backupSchema;
      restored++;
      store = new JdbcStore(database.connection);
      world.restored();
    }
  }

  void crash(Step.Crash crash) {
    if (up) {
      armed = crash;
      if (crash.point() == Step.CrashPoint.NOW) {
        crashNow();
      }
    }
  }

  private boolean crashesAt(Step.CrashPoint point) {
    return armed != null && armed.point() == point;
  }

  private void crashNow() {
    world.statistics().count("crashes");
    stop(armed.silent(), armed.down());
    armed = null;
    store.close();
    store = new JdbcStore(database.connection);
  }

  private void stop(boolean silent, int down) {
    world.trace(() -> plan.id() + " stops");
    world.active();
    up = false;
    inbox.clear();
    changed = false;
    for (Endpoint endpoint : List.copyOf(endpoints)) {
      lost(endpoint);
      if (!silent) {
        world.agenda().after(0, endpoint.other()::ended);
      }
    }
    world.agenda().after(down, this::start);
  }

  private void start() {
    up = true;
    world.trace(() -> plan.id() + " starts");
    world.connect(plan.id());
  }

  @Override
  public void close() {
    store.close();
    database.close();
  }
}
