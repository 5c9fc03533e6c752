package io.crsql.conformance.random;

import java.util.List;

/**
 * Begins or ends a transaction or a savepoint.
 *
 * @param peer the replica
 * @param kind which of it
 * @param savepoint which savepoint it ends, counted from the outermost and taken modulo their
 *     number
 */
record Bracket(int peer, Kind kind, int savepoint) implements Op {
  enum Kind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    SAVEPOINT,
    ROLLBACK_TO,
    RELEASE
  }

  @Override
  public List<Integer> peers() {
    return List.of(peer);
  }

  @Override
  public void run(World world) {
    Peer at = world.peer(peer);
    boolean open = at.inTransaction();
    int depth = at.savepoints();
    if (kind == Kind.SAVEPOINT) {
      at.savepoint();
    } else if (kind == Kind.BEGIN && !open) {
      at.begin();
    } else if (kind == Kind.COMMIT && open) {
      at.commit();
    } else if (kind == Kind.ROLLBACK && open) {
      at.rollback();
    } else if (kind == Kind.ROLLBACK_TO && depth > 0) {
      at.rollbackTo(savepoint % depth);
    } else if (kind == Kind.RELEASE && depth > 0) {
      at.release(savepoint % depth);
    }
  }

  @Override
  public String toString() {
    boolean ends = kind == Kind.ROLLBACK_TO || kind == Kind.RELEASE;
    return peer + ": " + kind.toString().replace('_', ' ') + (ends ? " s" + savepoint : "");
  }
}
