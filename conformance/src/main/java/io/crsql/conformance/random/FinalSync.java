package io.crsql.conformance.random;

import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Trigger;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings all replicas together and checks that they are then the same.
 *
 * @param byChangeset whether each applies changesets since its version vector
 * @param byCursor whether each pulls what is new to it, by db_version, instead of everything
 * @param ring whether each pulls from its neighbour, twice around, instead of all through one hub
 * @param hub the hub, counted among the replicas
 * @param pick the order in which changes are delivered
 * @param integrity whether SQLite checks the file
 */
record FinalSync(
    boolean byChangeset, boolean byCursor, boolean ring, int hub, long pick, boolean integrity) {
  private static final int MOST_ROUNDS = 4;

  void run(World world) {
    List<Integer> peers = new ArrayList<>(world.peers().keySet());
    for (Peer peer : world.peers().values()) {
      if (peer.inTransaction()) {
        peer.commit();
      }
    }
    int rounds = 0;
    do {
      round(world, peers);
      rounds++;
    } while (rounds < MOST_ROUNDS && !same(world));
    for (Shape table : world.newest().values()) {
      AddColumn.everywhere(world, table);
    }
    checkSame(world, new ArrayList<>(world.peers().values()));
  }

  /** Whether another round would bring nothing: triggers may write while they are brought round. */
  private static boolean same(World world) {
    boolean silent =
        world.peers().values().stream()
            .flatMap(peer -> peer.tables().stream())
            .flatMap(table -> table.triggers().stream())
            .noneMatch(Trigger::duringMerges);
    return silent
        || 1 == world.peers().values().stream().map(p -> p.model().changes()).distinct().count();
  }

  private void round(World world, List<Integer> peers) {
    int center = hub % peers.size();
    if (ring) {
      for (int i = 0; i < 2 * peers.size(); i++) {
        pull(world, peers.get(i % peers.size()), peers.get((i + 1) % peers.size()));
      }
    } else {
      peers.forEach(peer -> pull(world, peer, peers.get(center)));
      peers.forEach(peer -> pull(world, peers.get(center), peer));
    }
  }

  private void pull(World world, int from, int to) {
    if (from == to) {
      return;
    }
    if (byChangeset) {
      Sync.complete(from, to, 1 + (pick & 0xfff)).run(world);
    } else if (byCursor) {
      new Pull(from, to, 0, 100, false, Delivery.ONE_BY_ONE).run(world);
    } else {
      new Deliver(from, to, pick, 100, true, false, Delivery.ONE_BY_ONE, 0).run(world);
    }
  }

  private void checkSame(World world, List<Peer> peers) {
    for (Peer peer : peers) {
      peer.check();
      peer.verify();
      peer.optimize();
      peer.verify();
      Comparison.same(
          "diverged",
          "metadata",
          List.copyOf(peer.model().changes()),
          List.copyOf(peers.get(0).model().changes()));
      for (Shape table : peer.tables()) {
        Comparison.same(
            "diverged",
            "rows",
            List.copyOf(peer.model().rows(table)),
            List.copyOf(peers.get(0).model().rows(table)));
      }
      Comparison.same("diverged", "fingerprint", peer.fingerprint(), peers.get(0).fingerprint());
      if (integrity) {
        peer.checkIntegrity();
      }
    }
  }

  @Override
  public String toString() {
    return "end: commit; each pulls"
        + (byChangeset ? " changesets" : byCursor ? " what is new" : " everything")
        + (ring ? " around a ring, twice" : " through a hub, the " + hub + "th");
  }
}
