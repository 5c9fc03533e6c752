package io.crsql.conformance.random;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts an earlier copy in the place of a replica's file. Before it writes again, it becomes another
 * site, or gets its own writes back from all who have had them; otherwise it would give versions a
 * second time. Version vectors are only right with another site.
 *
 * @param peer the replica
 * @param pick the order in which it gets them
 * @param newSite whether it becomes another site
 */
record Restore(int peer, long pick, boolean newSite) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    Peer restored = world.peer(peer);
    if (world.anyInTransaction() || !restored.hasBackup()) {
      return;
    }
    restored.restoreBackup();
    if (newSite) {
      restored.renew(world.peers().values());
    }
    List<Message> back = new ArrayList<>(world.sent());
    for (Peer other : world.peers().values()) {
      if (other != restored) {
        // Its db_version has gone back: what others have had of it must be asked for anew.
        other.cursors().remove(peer);
        back.addAll(other.read(""));
      }
    }
    Delivery.ONE_BY_ONE.give(new Rng(pick).shuffled(back), restored, false, 0);
    restored.check();
    // What has come back is recorded, and need not worry anyone: nothing has been written
    // meanwhile.
    restored.run(new SqlText().add("UPDATE crsql_sites SET doubts = 0"));
    world.statistics().count("restored backups");
  }

  @Override
  public String toString() {
    return peer
        + ": restores its backup"
        + (newSite ? ", becomes another site" : "")
        + " and merges all there is (pick "
        + pick
        + ")";
  }
}
