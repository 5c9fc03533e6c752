package io.crsql.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes a failing scenario smaller while it fails in the same way: without steps, by chunks of
 * halving length, without peers and links, with plainer peers, links and steps.
 */
final class ScenarioShrinker {
  private static final int MOST_RUNS = 500;

  private final Function<Scenario, SimulationFailure> run;
  private Scenario best;
  private SimulationFailure failure;
  private int runs;

  /** {@code run} gives null for a scenario that does not fail. */
  ScenarioShrinker(
      Function<Scenario, SimulationFailure> run, Scenario failing, SimulationFailure failure) {
    this.run = run;
    this.best = failing;
    this.failure = failure;
  }

  Scenario best() {
    return best;
  }

  SimulationFailure failure() {
    return failure;
  }

  void shrink() {
    boolean smaller = true;
    while (smaller && runs < MOST_RUNS) {
      smaller = dropNodes();
      smaller |= drop(best.steps(), Scenario::withSteps, Scenario::steps);
      smaller |= drop(best.links(), Scenario::withLinks, Scenario::links);
      smaller |= simplify(Scenario::nodes, Scenario::withNodes, NodePlan::simpler);
      smaller |= simplify(Scenario::links, Scenario::withLinks, LinkPlan::simpler);
      smaller |= simplify(Scenario::steps, Scenario::withSteps, Step::simpler);
    }
  }

  private boolean dropNodes() {
    boolean any = false;
    for (NodePlan node : best.nodes()) {
      any |= fails(best.without(node.id()));
    }
    return any;
  }

  private <T> boolean drop(
      List<T> items,
      BiFunction<Scenario, List<T>, Scenario> with,
      Function<Scenario, List<T>> get) {
    for (int length = Math.max(1, items.size() / 2); length > 0; length /= 2) {
      for (int from = get.apply(best).size() - length; from >= 0; from -= length) {
        List<T> fewer = new ArrayList<>(get.apply(best));
        if (from + length <= fewer.size()) {
          fewer.subList(from, from + length).clear();
          fails(with.apply(best, fewer));
        }
      }
    }
    return get.apply(best).size() < items.size();
  }

  private <T> boolean simplify(
      Function<Scenario, List<T>> get,
      BiFunction<Scenario, List<T>, Scenario> with,
      Function<T, List<? extends T>> simpler) {
    boolean any = false;
    for (int i = 0; i < get.apply(best).size(); i++) {
      boolean again = true;
      while (again) {
        again = false;
        T current = get.apply(best).get(i);
        for (T candidate : simpler.apply(current)) {
          List<T> changed = new ArrayList<>(get.apply(best));
          changed.set(i, candidate);
          if (!candidate.equals(current) && fails(with.apply(best, changed))) {
            again = true;
            any = true;
            break;
          }
        }
      }
    }
    return any;
  }

  private boolean fails(Scenario candidate) {
    if (!candidate.isConnected() || ++runs > MOST_RUNS) {
      return false;
    }
    SimulationFailure found = run.apply(candidate);
    boolean same = found != null && found.kind().equals(failure.kind());
    if (same) {
      best = candidate;
      failure = found;
    }
    return same;
  }
}
