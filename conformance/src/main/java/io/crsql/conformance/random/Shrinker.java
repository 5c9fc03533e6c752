package io.crsql.conformance.random;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a failing sequence shorter while it still fails in the same way: first without chunks of
 * its steps, halving their length (Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input", IEEE TSE 28(2), 2002), then with simpler steps.
 */
final class Shrinker {
  private static final int MOST_RUNS = 1_000;

  private final Function<Sequence, Discrepancy> run;
  private Sequence best;
  private Discrepancy failure;
  private int runs;

  /** {@code run} gives null for a sequence that does not fail. */
  Shrinker(Function<Sequence, Discrepancy> run, Sequence failing, Discrepancy failure) {
    this.run = run;
    this.best = failing;
    this.failure = failure;
  }

  /** Shrinks as far as it goes. */
  void shrink() {
    boolean shorter = true;
    while (shorter && runs < MOST_RUNS) {
      int before = best.ops().size();
      for (int length = Math.max(1, before / 2); length > 0; length /= 2) {
        dropChunks(length);
      }
      shorter = simplify() || best.ops().size() < before;
    }
  }

  Sequence best() {
    return best;
  }

  Discrepancy failure() {
    return failure;
  }

  private void dropChunks(int length) {
    for (int from = best.ops().size() - length; from >= 0; from -= length) {
      List<Op> fewer = new ArrayList<>(best.ops());
      fewer.subList(from, Math.min(from + length, fewer.size())).clear();
      fails(fewer);
      from = Math.min(from, best.ops().size());
    }
  }

  private boolean simplify() {
    boolean any = false;
    for (int i = 0; i < best.ops().size(); i++) {
      boolean simpler = true;
      while (simpler) {
        simpler = false;
        Op current = best.ops().get(i);
        for (Op candidate : current.simpler()) {
          List<Op> changed = new ArrayList<>(best.ops());
          changed.set(i, candidate);
          if (!candidate.equals(current) && fails(changed)) {
            simpler = true;
            any = true;
            break;
          }
        }
      }
    }
    return any;
  }

  private boolean fails(List<Op> ops) {
    if (++runs > MOST_RUNS) {
      return false;
    }
    Sequence candidate = best.with(ops);
    Discrepancy found = run.apply(candidate);
    boolean same = found != null && found.kind().equals(failure.kind());
    if (same) {
      best = candidate;
      failure = found;
    }
    return same;
  }
}
