package io.crsql.conformance.random;

import java.util.List;

/**
 * Copies a replica's file.
 *
 * @param peer the replica
 */
record Backup(int peer) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    if (!world.peer(peer).inTransaction()) {
      world.peer(peer).backUp();
    }
  }

  @Override
  public String toString() {
    return peer + ": backs its file up";
  }
}
