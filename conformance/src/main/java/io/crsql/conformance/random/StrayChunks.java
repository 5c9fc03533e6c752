package io.crsql.conformance.random;

import java.util.List;

/**
 * Delivers changesets again that were made before, to anyone: late, twice or by a detour.
 *
 * @param to the receiver
 * @param pick draws which
 * @param count how many
 * @param delivery how
 */
record StrayChunks(int to, long pick, int count, Delivery delivery) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(to);
  }

  @Override
  public void run(World world) {
    List<Chunk> picked = new Rng(pick).shuffled(world.chunks());
    List<Chunk> some = picked.subList(0, Math.min(count, picked.size()));
    Peer receiver = world.peer(to);
    delivery.around(receiver, () -> some.forEach(receiver::apply));
  }

  @Override
  public List<Op> simpler() {
    return count == 1 ? List.of() : List.of(new StrayChunks(to, pick, count / 2, delivery));
  }

  @Override
  public String toString() {
    return to + ": applies " + count + " changesets made before (pick " + pick + ") " + delivery;
  }
}
