package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import java.util.ArrayList;
import java.util.List;

/** Who connects to whom. Everybody is reached from everybody. */
final class Topology {
  private static final int LARGEST_MESH = 6;

  private Topology() {}

  /** Pairs of who connects and to whom. */
  static List<int[]> draw(Rng rng, int nodes) {
    List<int[]> pairs = new ArrayList<>();
    switch (rng.below(6)) {
      case 0 -> chain(pairs, nodes);
      case 1 -> {
        chain(pairs, nodes);
        if (nodes > 2) {
          pairs.add(new int[] {nodes - 1, 0});
        }
      }
      case 2 -> {
        tree(rng, pairs, nodes);
        for (int more = rng.below(nodes); more > 0; more--) {
          int from = rng.below(nodes);
          int to = rng.below(nodes);
          if (from != to) {
            pairs.add(new int[] {from, to});
          }
        }
      }
      case 3 -> {
        if (nodes > LARGEST_MESH) {
          tree(rng, pairs, nodes);
        } else {
          mesh(pairs, nodes);
        }
      }
      default -> {
        for (int i = 1; i < nodes; i++) {
          pairs.add(new int[] {i, 0});
        }
      }
    }
    return pairs;
  }

  private static void chain(List<int[]> pairs, int nodes) {
    for (int i = 1; i < nodes; i++) {
      pairs.add(new int[] {i - 1, i});
    }
  }

  private static void tree(Rng rng, List<int[]> pairs, int nodes) {
    for (int i = 1; i < nodes; i++) {
      pairs.add(new int[] {i, rng.below(i)});
    }
  }

  private static void mesh(List<int[]> pairs, int nodes) {
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < i; j++) {
        pairs.add(new int[] {i, j});
      }
    }
  }
}
