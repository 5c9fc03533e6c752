package io.crsql.conformance.random;

import java.util.List;

/**
 * Goes on with another connection to a replica's file.
 *
 * @param peer the replica
 * @param close whether the present connection is closed first; it is otherwise kept, to come back
 *     to
 */
record Reconnect(int peer, boolean close) implements Op {
  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    if (!world.peer(peer).inTransaction()) {
      world.peer(peer).reconnect(close);
      world.statistics().count("reconnects");
    }
  }

  @Override
  public String toString() {
    return peer + (close ? ": reopens its file" : ": goes on with its other connection");
  }
}
