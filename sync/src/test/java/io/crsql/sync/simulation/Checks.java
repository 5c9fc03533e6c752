package io.crsql.sync.simulation;

import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold. */
final class Checks {
  /** The largest row that is written, and the largest list of sites, in bytes. */
  private static final int LARGEST_ROW = 2_000;

  private static final int BYTES_PER_SITE = 64;

  /** What a peer says that has forgotten own writes which others have. */
  private static final String FORGOTTEN = "crsql_sites: writes of this database's own have come";

  private final Simulation world;

  /** Whether streams may begin anew from further back. */
  private final boolean streamsGoBack;

  Checks(Simulation world, boolean streamsGoBack) {
    this.world = world;
    this.streamsGoBack = streamsGoBack;
  }

  /** After each turn. */
  Progress session(Endpoint endpoint) {
    Progress before = endpoint.before();
    Progress now = endpoint.session().progress();
    monotone(endpoint, before.received(), now.received());
    monotone(endpoint, before.sent(), now.sent());
    Connection connection = endpoint.connection();
    if (!connection.link().plan().faults().corrupts()) {
      access(endpoint, now);
      memory(endpoint);
      if (now.sent().upToDate() && !before.sent().upToDate()) {
        upToDate(endpoint);
      }
    }
    return now;
  }

  private void monotone(Endpoint endpoint, Progress.Flow before, Progress.Flow now) {
    boolean back =
        now.chunks() < before.chunks()
            || now.bytes() < before.bytes()
            || now.rows() < before.rows();
    if (back || (now.until() < before.until() && !streamsGoBack)) {
      throw failure("progress", endpoint, "went back from " + before + " to " + now);
    } else if (now.until() > now.end()) {
      throw failure("progress", endpoint, "is beyond its end: " + now);
    }
  }

  private void access(Endpoint endpoint, Progress now) {
    Access access = world.isHealed() ? Access.FULL : endpoint.connection().link().plan().access();
    boolean receives = endpoint.connecting() ? access.read() : access.write();
    boolean sends = endpoint.connecting() ? access.write() : access.read();
    if ((!receives && now.received().chunks() > 0) || (!sends && now.sent().chunks() > 0)) {
      throw failure("access", endpoint, "has " + now + " and may " + access);
    }
  }

  private void memory(Endpoint endpoint) {
    NodePlan plan = endpoint.node().plan();
    int chunk = 2 * Math.min(plan.chunkBytes(), plan.maxFrame()) + LARGEST_ROW;
    long vectors = 4L * BYTES_PER_SITE * world.sites();
    long most = plan.window() + chunk + vectors + LARGEST_ROW;
    long pending = endpoint.session().pending();
    if (pending > most) {
      throw failure("memory", endpoint, pending + " bytes are pending, and may be " + most);
    }
  }

  /** What a session calls delivered is in the other database. */
  private void upToDate(Endpoint endpoint) {
    Node far = endpoint.other().node();
    boolean knows = Schema.has(far.replica().schema(), Schema.PROOF);
    boolean holdsItsOwn = endpoint.node().replica().restored() == 0;
    if (knows && holdsItsOwn && !endpoint.connection().isOutlived()) {
      int writer = endpoint.node().plan().id();
      String missing = world.ledger().missing(far.replica().database(), writer, endpoint.noticed());
      if (missing != null) {
        throw failure("acknowledged", endpoint, "calls delivered what is not: " + missing);
      }
    }
  }

  /** A session has ended. */
  void closing(Endpoint endpoint, Closing closing) {
    world.statistics().count("closed as " + closing.code());
    world.trace(() -> endpoint + " closes: " + closing);
    boolean expected = closing.code() == CloseCode.SILENT || endpoint.connection().isBroken();
    if (!expected) {
      throw failure("closed", endpoint, closing.toString());
    }
  }

  /** All is silent: tables are equal among those that have the same. */
  void tables(Collection<Node> nodes) {
    Map<String, Map<Node, String>> prints = new HashMap<>();
    for (Node node : nodes) {
      for (String table : Schema.tables(node.replica().schema())) {
        boolean column = table.equals("item") && Schema.has(node.replica().schema(), Schema.COLUMN);
        prints
            .computeIfAbsent(column ? "item with b" : table, t -> new HashMap<>())
            .put(node, node.replica().database().text("SELECT crsql_fingerprint(?1)", table));
      }
    }
    prints.forEach((table, values) -> equal(table, values));
  }

  /** All is silent, and all have everything. */
  void everything(List<Node> nodes) {
    Map<Node, String> prints = new HashMap<>();
    for (Node node : nodes) {
      prints.put(node, node.replica().database().text("SELECT crsql_fingerprint()"));
      String verified = node.replica().database().text("SELECT crsql_verify()");
      boolean forgotten = node.replica().hasForgotten() && verified.startsWith(FORGOTTEN);
      if (!verified.equals("ok") && !forgotten) {
        throw new SimulationFailure("verify", "peer " + node.plan().id() + ": " + verified);
      }
    }
    equal("everything", prints);
    String missing =
        nodes.isEmpty() ? null : world.ledger().missing(nodes.get(0).replica().database());
    if (missing != null) {
      throw new SimulationFailure("lost", missing);
    }
  }

  private static void equal(String what, Map<Node, String> prints) {
    if (prints.values().stream().distinct().count() > 1) {
      StringBuilder out = new StringBuilder(what);
      prints.forEach((node, print) -> out.append(", peer " + node.plan().id() + ": " + print));
      throw new SimulationFailure("diverged", out.toString());
    }
  }

  private static SimulationFailure failure(String kind, Endpoint endpoint, String what) {
    return new SimulationFailure(kind, endpoint + " " + what);
  }
}
