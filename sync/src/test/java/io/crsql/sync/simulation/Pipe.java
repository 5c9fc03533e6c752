package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** One direction of a connection. */
final class Pipe {
  private static final int THOUSAND = 1_000;

  private final Agenda agenda;
  private final LinkPlan plan;
  private final BooleanSupplier healed;
  private final Rng rng;
  private final Endpoint to;
  private final Runnable room;
  private final Runnable cut;

  /** How many bytes still come through. */
  private long left;

  private long lastArrival;
  private long underWay;
  private byte[] held;

  /**
   * @param healed whether nothing is broken any longer
   * @param left after how many bytes it is cut
   * @param room what to do once there is room again
   * @param cut what to do once it is cut
   */
  Pipe(
      Agenda agenda,
      LinkPlan plan,
      BooleanSupplier healed,
      Rng rng,
      Endpoint to,
      long left,
      Runnable room,
      Runnable cut) {
    this.agenda = agenda;
    this.plan = plan;
    this.healed = healed;
    this.rng = rng;
    this.to = to;
    this.left = left;
    this.room = room;
    this.cut = cut;
  }

  boolean hasRoom() {
    return underWay < plan.room();
  }

  long underWay() {
    return underWay;
  }

  void send(byte[] frame) {
    if (plan.faults().frames()) {
      distorted(frame, this::carry);
    } else {
      carry(frame);
    }
  }

  /** Nothing follows. */
  void end() {
    arrive(0, to::ended);
  }

  private LinkPlan.Faults faults() {
    return healed.getAsBoolean() ? LinkPlan.Faults.NONE : plan.faults();
  }

  private interface Carrier {
    void carry(byte[] bytes);
  }

  /** Does to bytes what a broken transport does. */
  private void distorted(byte[] bytes, Carrier next) {
    LinkPlan.Faults faults = faults();
    if (hits(faults.lose())) {
      return;
    }
    if (held == null && hits(faults.swap())) {
      held = bytes;
      return;
    }
    byte[] sent = bytes;
    if (hits(faults.flip())) {
      sent = bytes.clone();
      sent[rng.below(sent.length)] ^= (byte) (1 << rng.below(8));
    }
    next.carry(sent);
    if (hits(faults.repeat())) {
      next.carry(sent);
    }
    if (held != null) {
      byte[] late = held;
      held = null;
      next.carry(late);
    }
  }

  private boolean hits(int perThousand) {
    return perThousand > 0 && rng.below(THOUSAND) < perThousand;
  }

  private void carry(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int rest = bytes.length - at;
      int length =
          switch (plan.packets()) {
            case FRAMES -> rest;
            case PIECES -> rng.between(1, rest);
            case CRUMBS -> Math.min(rest, 1 + rng.below(2 + bytes.length / 20));
          };
      byte[] packet = Arrays.copyOfRange(bytes, at, at + length);
      if (!plan.faults().frames()) {
        distorted(packet, this::packet);
      } else {
        packet(packet);
      }
      at += length;
    }
  }

  private void packet(byte[] bytes) {
    if (left <= 0) {
      return;
    }
    byte[] through = bytes.length <= left ? bytes : Arrays.copyOf(bytes, (int) left);
    left -= bytes.length;
    underWay += through.length;
    arrive(
        through.length,
        () -> {
          underWay -= through.length;
          to.arrived(through);
          room.run();
        });
    if (left <= 0) {
      arrive(0, cut);
    }
  }

  private void arrive(int bytes, Runnable what) {
    long takes = plan.latency() + (plan.jitter() == 0 ? 0 : rng.below(plan.jitter()));
    long sending = plan.bandwidth() == 0 ? 0 : bytes / plan.bandwidth();
    lastArrival = Math.max(lastArrival, agenda.now() + takes) + sending;
    agenda.at(lastArrival, what);
  }
}
