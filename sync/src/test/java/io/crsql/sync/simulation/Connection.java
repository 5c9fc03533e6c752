package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.SyncSession;

/** Two sessions and the transport between them, until it ends. */
final class Connection {
  private static final long MOST_UNTIL_CUT = 6_000;

  private final Link link;
  private final int number;
  private final Endpoint from;
  private final Endpoint to;
  private final boolean broken;

  /** How often the accepting peer has been put back to a copy, when it began. */
  private final int restoredFrom;

  private final int restoredTo;

  Connection(Link link, int number, Node from, Node to, Rng rng, boolean healed) {
    this.link = link;
    this.number = number;
    this.from = new Endpoint(from, this, true);
    this.to = new Endpoint(to, this, false);
    this.restoredFrom = from.replica().restored();
    this.restoredTo = to.replica().restored();
    LinkPlan plan = link.plan();
    this.broken = !healed && plan.faults().any();
    boolean isCut = !healed && rng.percent(plan.cuts());
    long cutFrom = isCut && rng.percent(50) ? 1 + rng.below((int) MOST_UNTIL_CUT) : Long.MAX_VALUE;
    long cutTo =
        isCut && cutFrom == Long.MAX_VALUE ? 1 + rng.below((int) MOST_UNTIL_CUT) : Long.MAX_VALUE;
    Access access = healed ? Access.FULL : plan.access();
    Access wish = plan.asked() ? access : Access.FULL;
    Access granted = plan.asked() ? Access.FULL : access;
    Pipe there = pipe(plan, rng, this.from, this.to, cutFrom);
    Pipe back = pipe(plan, rng, this.to, this.from, cutTo);
    SessionOptions options = from.plan().options().withAccess(wish).withToken("secret");
    this.from.open(SyncSession.connect(from.replica().store(), options), there);
    this.to.open(
        SyncSession.accept(
            to.replica().store(),
            to.plan().options(),
            token -> token.equals("secret") ? granted : Access.NONE),
        back);
  }

  private Pipe pipe(LinkPlan plan, Rng rng, Endpoint from, Endpoint to, long left) {
    Simulation world = link.world();
    return new Pipe(
        world.agenda(),
        plan,
        world::isHealed,
        new Rng(rng.next()),
        to,
        left,
        () -> from.node().resume(from),
        () -> {
          world.statistics().count("cuts");
          sever();
        });
  }

  Link link() {
    return link;
  }

  Endpoint from() {
    return from;
  }

  Endpoint to() {
    return to;
  }

  Endpoint other(Endpoint one) {
    return one == from ? to : from;
  }

  /** Whether the transport is none, so that sessions may find faults. */
  boolean isBroken() {
    return broken;
  }

  /** Whether a peer has become an older copy of itself meanwhile. */
  boolean isOutlived() {
    return from.node().replica().restored() != restoredFrom
        || to.node().replica().restored() != restoredTo;
  }

  /** Ends for both sides, now. */
  void sever() {
    link.world().active();
    from.ended();
    to.ended();
  }

  @Override
  public String toString() {
    return "#" + link.plan().id() + "." + number;
  }
}
