package io.crsql.conformance.random;

import java.util.List;

/**
 * Delivers again what was sent before, to anyone: late, twice or by a detour.
 *
 * @param to the receiver
 * @param pick draws which changes
 * @param count how many
 * @param delivery how
 */
record Stray(int to, long pick, int count, Delivery delivery) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(to);
  }

  @Override
  public void run(World world) {
    List<Message> picked = new Rng(pick).shuffled(world.sent());
    List<Message> some = picked.subList(0, Math.min(count, picked.size()));
    if (delivery == Delivery.ONE_BY_ONE) {
      some.forEach(world.peer(to)::receiveCounting);
    } else {
      delivery.give(some, world.peer(to), false, 0);
    }
  }

  @Override
  public List<Op> simpler() {
    return count == 1 ? List.of() : List.of(new Stray(to, pick, count / 2, delivery));
  }

  @Override
  public String toString() {
    return to + ": merges " + count + " changes sent before (pick " + pick + ") " + delivery;
  }
}
