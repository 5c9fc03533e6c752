package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A peer: a database, and a host that goes round as {@link io.crsql.sync.SyncSession} says. */
final class Node implements AutoCloseable {
  private static final int ALL_FRAMES = Integer.MAX_VALUE;

  private final Simulation world;
  private final NodePlan plan;
  private final Rng rng;
  private final Replica replica;
  private boolean up = true;
  private Step.Crash armed;

  private final Set<Endpoint> endpoints = new LinkedHashSet<>();
  private final List<Arrival> inbox = new ArrayList<>();
  private boolean turnDue;
  private boolean changed;

  /** Bytes, or null for the end. */
  private record Arrival(Endpoint at, byte[] bytes) {}

  Node(Simulation world, NodePlan plan) {
    this.world = world;
    this.plan = plan;
    this.rng = Seeds.of(world.seed(), 2, plan.id());
    this.replica = new Replica(world, plan);
  }

  Simulation world() {
    return world;
  }

  NodePlan plan() {
    return plan;
  }

  Replica replica() {
    return replica;
  }

  boolean isUp() {
    return up;
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
      replica.database().run("BEGIN");
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
        replica.database().run("ROLLBACK");
      }
      crashNow();
      return;
    }
    if (batch) {
      replica.database().run("COMMIT");
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

  /** A program does something with the database, if the peer is up. */
  void use(Consumer<Replica> work) {
    if (up) {
      work.accept(replica);
      changed = true;
      turnLater();
    }
  }

  void restore(int down) {
    if (up && replica.hasBackup()) {
      stop(false, down);
      replica.restore();
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
    replica.reopen();
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
    replica.close();
  }
}
