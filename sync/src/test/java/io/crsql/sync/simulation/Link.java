package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import io.crsql.sync.Access;

/** Two peers of which one connects to the other, again and again. */
final class Link {
  private static final int LEAST_WAIT = 20;
  private static final int MOST_WAIT = 2_000;

  private final Simulation world;
  private final LinkPlan plan;
  private final Rng rng;
  private Connection connection;
  private boolean waiting;
  private int connections;

  Link(Simulation world, LinkPlan plan) {
    this.world = world;
    this.plan = plan;
    this.rng = Seeds.of(world.seed(), 1, plan.id());
  }

  Simulation world() {
    return world;
  }

  LinkPlan plan() {
    return plan;
  }

  /** How often it has connected. */
  int connections() {
    return connections;
  }

  /** Connects after a while, if it is to. */
  void connectLater() {
    if (!waiting) {
      waiting = true;
      world.agenda().after(rng.between(LEAST_WAIT, MOST_WAIT), this::connect);
    }
  }

  private void connect() {
    waiting = false;
    Node from = world.node(plan.from());
    Node to = world.node(plan.to());
    if (connection != null || !from.isUp()) {
      return;
    }
    if (!to.isUp()) {
      connectLater();
      return;
    }
    world.active();
    world.statistics().count("connections");
    connection =
        new Connection(this, connections++, from, to, new Rng(rng.next()), world.isHealed());
    from.add(connection.from());
    to.add(connection.to());
  }

  /** The connecting side has lost a connection. */
  void lost(Connection lost) {
    if (connection == lost) {
      connection = null;
      connectLater();
    }
  }

  void cut() {
    if (connection != null) {
      world.statistics().count("cuts");
      connection.sever();
    }
  }

  /** Begins anew if what it has is not what it will be for good. */
  void heal() {
    if (connection != null && (plan.faults().corrupts() || !plan.access().equals(Access.FULL))) {
      connection.sever();
    }
  }
}
