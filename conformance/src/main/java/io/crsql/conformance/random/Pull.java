package io.crsql.conformance.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives a replica what another one has learnt of since the last time, by db_version.
 *
 * @param from the sender
 * @param to the receiver
 * @param pick draws where to stop
 * @param share up to how many of a hundred changes arrive: the rest waits for the next time
 * @param byName whether columns are named instead of numbered
 * @param delivery how
 */
record Pull(int from, int to, long pick, int share, boolean byName, Delivery delivery)
    implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(from, to);
  }

  @Override
  public void run(World world) {
    Peer sender = world.peer(from);
    Peer receiver = world.peer(to);
    if (sender.inTransaction()) {
      return;
    }
    long cursor = receiver.cursors().getOrDefault(from, 0L);
    List<Message> changes = sender.read(" WHERE db_version > ? ORDER BY db_version", cursor);
    if (changes.isEmpty()) {
      return;
    }
    int wanted = Math.max(1, changes.size() * share / 100);
    long last = changes.get(wanted - 1).at();
    List<Message> some = new ArrayList<>(changes);
    some.removeIf(message -> message.at() > last);
    world.remember(some);
    world.statistics().count("cursor pulls");
    List<Message> ordered = share < 100 ? new Rng(pick).shuffled(some) : some;
    if (delivery.give(ordered, receiver, byName, 0)) {
      receiver.cursors().put(from, last);
    }
  }

  @Override
  public List<Op> simpler() {
    return List.of(
        new Pull(from, to, pick, 100, false, Delivery.ONE_BY_ONE),
        new Pull(from, to, pick, share, byName, Delivery.ONE_BY_ONE));
  }

  @Override
  public String toString() {
    return to
        + ": pulls "
        + share
        + "% of what is new at "
        + from
        + " (pick "
        + pick
        + (byName ? ", by name" : "")
        + ") "
        + delivery;
  }
}
