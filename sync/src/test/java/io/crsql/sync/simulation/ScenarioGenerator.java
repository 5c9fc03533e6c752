package io.crsql.sync.simulation;

import io.crsql.conformance.random.Rng;
import io.crsql.sync.Access;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws scenarios. */
final class ScenarioGenerator {
  /** One in so many scenarios has hundreds of peers. */
  private static final int CROWD_EVERY = 2_000;

  private final long seed;
  private final Rng rng;
  private final boolean crowd;

  /** Whether peers lack parts of the schema, their clocks differ, and transports are broken. */
  private final boolean skewed;

  private final boolean clocks;
  private final boolean broken;

  private ScenarioGenerator(long seed) {
    this.seed = seed;
    this.rng = Seeds.of(seed, 0);
    this.crowd = seed % CROWD_EVERY == 7;
    this.skewed = rng.percent(25);
    this.clocks = rng.percent(30);
    this.broken = rng.percent(30);
  }

  static Scenario scenario(long seed) {
    return new ScenarioGenerator(seed).scenario();
  }

  private Scenario scenario() {
    int count = peers();
    List<NodePlan> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(node(i, count));
    }
    List<LinkPlan> links = new ArrayList<>();
    for (int[] pair : Topology.draw(rng, count)) {
      links.add(link(links.size(), pair[0], pair[1]));
    }
    return new Scenario(seed, nodes, links, steps(count, links.size()));
  }

  private int peers() {
    int draw = rng.below(100);
    if (crowd) {
      return rng.between(100, 250);
    } else if (draw < 45) {
      return 2;
    } else if (draw < 70) {
      return 3;
    } else if (draw < 90) {
      return rng.between(4, 5);
    }
    return draw < 99 ? rng.between(6, 8) : rng.between(9, 20);
  }

  private NodePlan node(int id, int count) {
    boolean small = count <= 20 && rng.percent(40);
    int frame = small ? rng.of(List.of(4096, 4096, 10_000)) : 1 << 20;
    int window = rng.of(small ? List.of(1, 100, 2_000, 20_000) : List.of(5_000, 1 << 20));
    int chunk = rng.of(small ? List.of(1, 50, 1_000, 4_096) : List.of(200, 1 << 16));
    return new NodePlan(
        id,
        id > 0 && skewed && rng.percent(50) ? schema() : Schema.ALL,
        clocks ? rng.of(List.of(0L, 10L, 5_000L, 1L << 20, 1L << 42)) : 0,
        frame,
        window,
        chunk,
        rng.of(List.of(0, 50, 100)),
        rng.of(List.of(0, 10, 300)));
  }

  private int schema() {
    return rng.of(
        List.of(
            0,
            Schema.PROOF,
            Schema.PROOF | Schema.ITEM,
            Schema.ITEM | Schema.COLUMN,
            Schema.ALL & ~Schema.COLUMN,
            Schema.ALL & ~Schema.PROOF));
  }

  private LinkPlan link(int id, int from, int to) {
    return new LinkPlan(
        id,
        from,
        to,
        rng.percent(85) ? Access.FULL : rng.of(List.of(Access.READ, Access.WRITE)),
        rng.percent(50),
        rng.of(List.of(0, 5, 50, 300)),
        rng.of(List.of(0, 0, 50)),
        rng.of(List.of(0, 0, 1, 10)),
        rng.of(
            List.of(
                LinkPlan.Packets.FRAMES,
                LinkPlan.Packets.FRAMES,
                LinkPlan.Packets.PIECES,
                LinkPlan.Packets.CRUMBS)),
        rng.of(List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, 500)),
        rng.of(List.of(0, 0, 30, 80)),
        broken && rng.percent(70) ? faults() : LinkPlan.Faults.NONE);
  }

  private LinkPlan.Faults faults() {
    int most = rng.of(List.of(20, 100, 200));
    int kinds = 1 << rng.below(4) | (rng.percent(30) ? 1 << rng.below(4) : 0);
    boolean frames = rng.percent(60);
    return new LinkPlan.Faults(
        (kinds & 1) == 0 ? 0 : rng.between(1, most),
        (kinds & 2) == 0 ? 0 : rng.between(1, most),
        (kinds & 4) == 0 ? 0 : rng.between(1, most),
        (kinds & 8) == 0 ? 0 : rng.between(1, most),
        frames);
  }

  private List<Step> steps(int nodes, int links) {
    List<Step> steps = new ArrayList<>();
    int length = rng.of(List.of(500, 5_000, 40_000));
    int count = crowd ? 15 : rng.between(2, 8 + Math.min(nodes, 8));
    for (int i = 0; i < count; i++) {
      step(steps, rng.below(length), rng.below(nodes), nodes, links, length);
    }
    steps.sort(Comparator.comparingLong(Step::at));
    return steps;
  }

  private void step(List<Step> steps, long at, int node, int nodes, int links, int length) {
    int kind = rng.below(100);
    int down = rng.of(List.of(0, 100, 20_000));
    if (kind < 66) {
      int statements = rng.percent(85) ? rng.between(1, 4) : rng.between(5, 25);
      steps.add(new Step.Write(at, node, rng.next(), statements, rng.percent(5)));
    } else if (kind < 71) {
      int from = rng.below(nodes);
      steps.add(new Step.Rows(at, node, from, rng.next(), rng.of(List.of(30, 100))));
    } else if (kind < 81) {
      Step.CrashPoint point = rng.of(List.of(Step.CrashPoint.values()));
      steps.add(new Step.Crash(at, node, point, down, rng.percent(30)));
    } else if (kind < 88) {
      steps.add(new Step.Cut(at, rng.below(links)));
    } else if (kind < 93) {
      steps.add(new Step.Backup(at, node));
      steps.add(new Step.Restore(at + rng.below(length), node, down));
    } else if (kind < 96) {
      steps.add(new Step.Rebuild(at, node, rng.percent(60)));
    } else if (skewed) {
      int what = 1 << rng.below(4);
      steps.add(new Step.Upgrade(at, node, rng.percent(50) ? what : Schema.ALL));
    }
  }
}
