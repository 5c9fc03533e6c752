package io.crsql.sync.simulation;

import java.util.List;

/**
 * Something that happens, as data: it does nothing where it makes no sense, so that others can be
 * left out.
 */
sealed interface Step {
  /** When, in milliseconds. */
  long at();

  void run(Simulation world);

  /** The peers that it needs. */
  default List<Integer> nodes() {
    return List.of();
  }

  /** The same, but simpler. */
  default List<Step> simpler() {
    return List.of();
  }

  /** When in its turn a peer crashes. */
  enum CrashPoint {
    NOW,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    BEFORE_SENDING,
    WHILE_SENDING
  }

  /** A transaction of a program. */
  record Write(long at, int node, long pick, int statements, boolean rollback) implements Step {
    @Override
    public void run(Simulation world) {
      world.node(node).use(replica -> replica.write(pick, statements, rollback));
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }

    @Override
    public List<Step> simpler() {
      return statements == 1
          ? List.of()
          : List.of(
              new Write(at, node, pick, 1, false),
              new Write(at, node, pick, statements / 2, rollback),
              new Write(at, node, pick, statements - 1, rollback));
    }
  }

  /** One peer merges rows of crsql_changes of another's, which no session knows of. */
  record Rows(long at, int node, int from, long pick, int share) implements Step {
    @Override
    public void run(Simulation world) {
      Replica other = world.node(from).replica();
      world.node(node).use(replica -> replica.merge(other, pick, share));
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node, from);
    }
  }

  /**
   * A peer stops without a word: {@code silent} also to those that it is connected to. It comes
   * back after {@code down} milliseconds.
   */
  record Crash(long at, int node, CrashPoint point, int down, boolean silent) implements Step {
    @Override
    public void run(Simulation world) {
      world.node(node).crash(this);
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }

    @Override
    public List<Step> simpler() {
      return List.of(new Crash(at, node, CrashPoint.NOW, down, false));
    }
  }

  /** A connection is cut, with what is under way. */
  record Cut(long at, int link) implements Step {
    @Override
    public void run(Simulation world) {
      world.cut(link);
    }
  }

  /** A peer's file is copied. */
  record Backup(long at, int node) implements Step {
    @Override
    public void run(Simulation world) {
      world.node(node).replica().backup();
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }
  }

  /** The peer crashes, and the copy comes back in its place. */
  record Restore(long at, int node, int down) implements Step {
    @Override
    public void run(Simulation world) {
      world.node(node).restore(down);
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }
  }

  /** A peer gets something that its schema lacks. */
  record Upgrade(long at, int node, int what) implements Step {
    @Override
    public void run(Simulation world) {
      world.node(node).use(replica -> replica.upgrade(what));
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }
  }

  /** A peer drops a table and makes it again; its rows are forgotten there, or deleted by that. */
  record Rebuild(long at, int node, boolean forgotten) implements Step {
    @Override
    public void run(Simulation world) {
      world.node(node).use(replica -> replica.rebuild(forgotten));
    }

    @Override
    public List<Integer> nodes() {
      return List.of(node);
    }
  }
}
