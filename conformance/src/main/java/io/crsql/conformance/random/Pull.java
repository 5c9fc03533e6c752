package io.crsql.conformance.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives a replica what another one has learnt of since the last time, by db_version; what is read
 * inside the sender's transaction, once that has been committed.
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
    long cursor = cursor(receiver);
    List<Message> changes = sender.read(" WHERE db_version > ? ORDER BY db_version", cursor);
    if (changes.isEmpty()) {
      return;
    }
    int wanted = Math.max(1, changes.size() * share / 100);
    long last = changes.get(wanted - 1).at();
    List<Message> some = new ArrayList<>(changes);
    some.removeIf(message -> message.at() > last);
    world.statistics().count("cursor pulls");
    if (sender.inTransaction()) {
      sender.onCommit(() -> give(world, some, cursor));
    } else {
      give(world, some, cursor);
    }
  }

  private long cursor(Peer receiver) {
    return receiver.cursors().getOrDefault(from, 0L);
  }

  private void give(World world, List<Message> some, long cursor) {
    Peer receiver = world.peer(to);
    if (cursor(receiver) != cursor) {
      return;
    }
    world.remember(some);
    List<Message> ordered = share < 100 ? new Rng(pick).shuffled(some) : some;
    if (delivery.give(ordered, receiver, byName, 0)) {
      receiver.cursors().put(from, some.get(some.size() - 1).at());
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
