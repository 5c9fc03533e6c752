package io.crsql.sync.simulation;

import io.crsql.sync.SessionOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer of a scenario.
 *
 * @param id its number
 * @param schema what it has of the schema at first, as in {@link Schema}
 * @param clock how far its clock is at first
 * @param maxFrame of its {@link SessionOptions}
 * @param window of its options
 * @param chunkBytes of its options
 * @param batching in how many of a hundred turns it applies all that has come in one transaction
 * @param delay how many milliseconds it takes at most until it looks at what has come
 */
record NodePlan(
    int id,
    int schema,
    long clock,
    int maxFrame,
    int window,
    int chunkBytes,
    int batching,
    int delay) {
  SessionOptions options() {
    return SessionOptions.DEFAULT.withAgent("peer " + id).withSizes(maxFrame, window, chunkBytes);
  }

  NodePlan plain() {
    return new NodePlan(id, Schema.ALL, 0, 1 << 20, 1 << 20, 1 << 16, 0, 0);
  }

  /** The same with one thing less to think of. */
  List<NodePlan> simpler() {
    NodePlan plain = plain();
    List<NodePlan> simpler = new ArrayList<>();
    simpler.add(plain);
    simpler.add(new NodePlan(id, Schema.ALL, clock, maxFrame, window, chunkBytes, batching, delay));
    simpler.add(new NodePlan(id, schema, 0, maxFrame, window, chunkBytes, batching, delay));
    simpler.add(
        new NodePlan(
            id, schema, clock, plain.maxFrame, plain.window, plain.chunkBytes, batching, delay));
    simpler.add(new NodePlan(id, schema, clock, maxFrame, window, chunkBytes, 0, 0));
    return simpler;
  }
}
