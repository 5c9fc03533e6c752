package io.crsql.conformance.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Gives a replica some of what another one has, in any order.
 *
 * @param from the sender
 * @param to the receiver
 * @param pick draws which changes, and in which order
 * @param share how many of a hundred changes arrive
 * @param shuffle whether they arrive in another order than the sender's, some of them twice
 * @param byName whether columns are named instead of numbered
 * @param delivery how
 * @param checkEvery after how many changes the receiver is checked in between; 0 for never
 */
record Deliver(
    int from,
    int to,
    long pick,
    int share,
    boolean shuffle,
    boolean byName,
    Delivery delivery,
    int checkEvery)
    implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(from, to);
  }

  @Override
  public void run(World world) {
    Peer sender = world.peer(from);
    if (sender.inTransaction()) {
      return;
    }
    Rng rng = new Rng(pick);
    List<Message> all = sender.read("");
    List<Message> some = new ArrayList<>();
    for (Message message : all) {
      if (rng.percent(share)) {
        some.add(message);
        if (shuffle && rng.percent(10)) {
          some.add(message);
        }
      }
    }
    world.remember(some);
    delivery.give(shuffle ? rng.shuffled(some) : some, world.peer(to), byName, checkEvery);
  }

  @Override
  public List<Op> simpler() {
    return List.of(
        new Deliver(from, to, pick, 100, false, false, Delivery.ONE_BY_ONE, 0),
        new Deliver(from, to, pick, share, shuffle, byName, delivery, 0),
        new Deliver(from, to, pick, share, shuffle, byName, Delivery.ONE_BY_ONE, checkEvery),
        new Deliver(from, to, pick, share, false, byName, delivery, checkEvery),
        new Deliver(from, to, pick, share / 2, shuffle, byName, delivery, checkEvery));
  }

  @Override
  public String toString() {
    return to
        + ": merges "
        + share
        + "% of what "
        + from
        + " has (pick "
        + pick
        + (shuffle ? ", shuffled" : "")
        + (byName ? ", by name" : "")
        + ") "
        + delivery
        + (checkEvery > 0 ? ", checked every " + checkEvery : "");
  }
}
