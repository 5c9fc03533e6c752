package io.crsql.sync.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is simulated, drawn from a seed. */
record Scenario(long seed, List<NodePlan> nodes, List<LinkPlan> links, List<Step> steps) {
  Scenario withSteps(List<Step> other) {
    return new Scenario(seed, nodes, links, other);
  }

  Scenario withLinks(List<LinkPlan> other) {
    return new Scenario(seed, nodes, other, steps);
  }

  Scenario withNodes(List<NodePlan> other) {
    return new Scenario(seed, other, links, steps);
  }

  /** The same without a peer, its links and its steps. */
  Scenario without(int node) {
    return new Scenario(
        seed,
        nodes.stream().filter(n -> n.id() != node).toList(),
        links.stream().filter(link -> !link.touches(node)).toList(),
        steps.stream().filter(step -> !step.nodes().contains(node)).toList());
  }

  /** Whether every peer is reached from every other one. */
  boolean isConnected() {
    Set<Integer> reached = new HashSet<>();
    List<Integer> next = new ArrayList<>();
    if (!nodes.isEmpty()) {
      next.add(nodes.get(0).id());
    }
    while (!next.isEmpty()) {
      int node = next.remove(next.size() - 1);
      if (reached.add(node)) {
        for (LinkPlan link : links) {
          if (link.touches(node)) {
            next.add(link.from() == node ? link.to() : link.from());
          }
        }
      }
    }
    return reached.size() == nodes.size();
  }

  /** One line a thing. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    nodes.forEach(node -> out.append(node).append('\n'));
    links.forEach(link -> out.append(link).append('\n'));
    steps.forEach(step -> out.append(step).append('\n'));
    return out.toString();
  }
}
