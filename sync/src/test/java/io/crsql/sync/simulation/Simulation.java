package io.crsql.sync.simulation;

import io.crsql.conformance.random.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One run of a scenario. */
final class Simulation implements AutoCloseable {
  private static final long BEAT = 15_000;

  /** How many heartbeats must bring nothing: more than it takes to find that a peer is gone. */
  private static final int QUIET_BEATS = 5;

  private static final int MOST_BEATS = 200;
  private static final long EVENTS_PER_NODE = 40_000;

  private final Scenario scenario;
  private final Statistics statistics;

  /** Null if nobody reads it. */
  private final List<String> trace;

  private final Agenda agenda;
  private final Ledger ledger = new Ledger();
  private final Checks checks;
  private final Map<Integer, Node> nodes = new TreeMap<>();
  private final Map<Integer, Link> links = new TreeMap<>();
  private boolean healed;
  private long activity;
  private int sites;

  Simulation(Scenario scenario, Statistics statistics, List<String> trace) {
    this.scenario = scenario;
    this.statistics = statistics;
    this.trace = trace;
    this.agenda = new Agenda(EVENTS_PER_NODE * (1 + scenario.nodes().size()));
    boolean alters =
        scenario.nodes().stream().anyMatch(node -> node.schema() != Schema.ALL)
            || scenario.steps().stream().anyMatch(step -> step instanceof Step.Rebuild);
    boolean corrupts = scenario.links().stream().anyMatch(link -> link.faults().corrupts());
    this.checks = new Checks(this, alters || corrupts);
    this.sites = scenario.nodes().size();
  }

  /** Runs it to its end. */
  void run() {
    scenario.nodes().forEach(plan -> nodes.put(plan.id(), new Node(this, plan)));
    scenario.links().forEach(plan -> links.put(plan.id(), new Link(this, plan)));
    links.values().forEach(Link::connectLater);
    long end = 0;
    for (Step step : scenario.steps()) {
      end = Math.max(end, step.at());
      agenda.at(
          step.at(),
          () -> {
            trace(step::toString);
            active();
            step.run(this);
          });
    }
    for (long time = BEAT; time < end; time += BEAT) {
      agenda.at(time, this::beat);
    }
    agenda.runUntil(end + 1);
    heal();
    settle();
    if (nodes.values().stream().anyMatch(node -> node.replica().schema() != Schema.ALL)) {
      if (scenario.steps().stream().noneMatch(step -> step instanceof Step.Rows)) {
        // A cell that crsql_changes gives by its column's number is parked apart from the named
        // one.
        checks.tables(nodes.values());
      }
      nodes.values().forEach(node -> node.use(replica -> replica.upgrade(Schema.ALL)));
      settle();
    }
    checks.everything(new ArrayList<>(nodes.values()));
    statistics.count("scenarios");
    statistics.add("peers", nodes.size());
    statistics.add("events", agenda.happened());
  }

  /** From now on no connection is bad. */
  private void heal() {
    trace(() -> "heals");
    healed = true;
    links.values().forEach(Link::heal);
  }

  /** Runs until nobody has anything to say. */
  private void settle() {
    int quiet = 0;
    for (int beats = 0; quiet < QUIET_BEATS; beats++) {
      if (beats > MOST_BEATS) {
        throw new SimulationFailure("livelock", "no silence after " + beats + " heartbeats");
      }
      long before = activity;
      agenda.runAll();
      beat();
      agenda.runAll();
      quiet = activity == before ? quiet + 1 : 0;
    }
  }

  private void beat() {
    nodes.values().forEach(Node::beat);
  }

  /** A peer is there again. */
  void connect(int node) {
    for (Link link : links.values()) {
      if (link.plan().from() == node) {
        link.connectLater();
      }
    }
  }

  void cut(int link) {
    if (links.containsKey(link)) {
      links.get(link).cut();
    }
  }

  /** A peer has lost what it had written since its copy was made. */
  void restored() {
    sites++;
    ledger.keepOnly(nodes.values().stream().map(node -> node.replica().database()).toList());
  }

  /** Something has happened besides heartbeats. */
  void active() {
    activity++;
  }

  void trace(Supplier<String> line) {
    if (trace != null) {
      trace.add(agenda.now() + " " + line.get());
    }
  }

  long seed() {
    return scenario.seed();
  }

  boolean isHealed() {
    return healed;
  }

  int sites() {
    return sites;
  }

  Node node(int id) {
    return nodes.get(id);
  }

  Agenda agenda() {
    return agenda;
  }

  Ledger ledger() {
    return ledger;
  }

  Checks checks() {
    return checks;
  }

  Statistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    nodes.values().forEach(Node::close);
  }
}
