package io.crsql.sync.simulation;

import io.crsql.conformance.random.Statistics;
import java.util.ArrayList;
import java.util.List;

/** Many scenarios, one after the other. */
final class SimulationCampaign {
  private static final int LAST_LINES = 100;

  private final Statistics statistics = new Statistics();

  /**
   * Draws a scenario from a seed and runs it.
   *
   * @return null if all is well, otherwise the smallest scenario found that fails, and how
   */
  String run(long seed) {
    Scenario scenario = ScenarioGenerator.scenario(seed);
    SimulationFailure found = run(scenario, statistics, null);
    if (found == null) {
      return null;
    }
    ScenarioShrinker shrinker =
        new ScenarioShrinker(s -> run(s, new Statistics(), null), scenario, found);
    shrinker.shrink();
    List<String> trace = new ArrayList<>();
    run(shrinker.best(), new Statistics(), trace);
    List<String> last = trace.subList(Math.max(0, trace.size() - LAST_LINES), trace.size());
    return "seed "
        + seed
        + ": "
        + found.getMessage()
        + "\nshrunk from "
        + size(scenario)
        + " to "
        + size(shrinker.best())
        + ":\n"
        + shrinker.best()
        + String.join("\n", last)
        + "\n"
        + shrinker.failure().getMessage();
  }

  private static String size(Scenario scenario) {
    return scenario.nodes().size()
        + " peers, "
        + scenario.links().size()
        + " links and "
        + scenario.steps().size()
        + " steps";
  }

  static SimulationFailure run(Scenario scenario, Statistics statistics, List<String> trace) {
    try (Simulation simulation = new Simulation(scenario, statistics, trace)) {
      simulation.run();
      return null;
    } catch (SimulationFailure e) {
      return e;
    } catch (RuntimeException e) {
      StackTraceElement at = e.getStackTrace().length > 0 ? e.getStackTrace()[0] : null;
      return new SimulationFailure(e.getClass().getSimpleName() + " at " + at, e.getMessage(), e);
    }
  }

  Statistics statistics() {
    return statistics;
  }
}
