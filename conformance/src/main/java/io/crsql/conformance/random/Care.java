package io.crsql.conformance.random;

import java.util.List;

/**
 * Something that must not change what a replica holds.
 *
 * @param peer the replica
 * @param kind what
 */
record Care(int peer, Kind kind) implements Op {
  enum Kind {
    CHECK,
    OPTIMIZE,
    RECURSIVE_TRIGGERS
  }

  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    switch (kind) {
      case CHECK -> world.peer(peer).check();
      case OPTIMIZE -> world.peer(peer).optimize();
      default -> world.peer(peer).recursiveTriggers();
    }
  }

  @Override
  public String toString() {
    return switch (kind) {
      case CHECK -> peer + ": check";
      case OPTIMIZE -> peer + ": SELECT crsql_optimize()";
      default -> peer + ": PRAGMA recursive_triggers = ON";
    };
  }
}
