package io.crsql.engine.changeset;

import io.crsql.engine.replica.Replica;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** The SQL functions about changesets. */
public final class ChangesetFunctions {
  private ChangesetFunctions() {}

  /** {@code crsql_version_vector()}. */
  public static void versionVector(Replica replica, Values args, Result result) {
    replica.transaction().look();
    VersionVector vector =
        replica.registry().present() ? VersionVector.of(replica) : VersionVector.EMPTY;
    result.setBlob(vector.encode());
  }

  /** {@code crsql_changeset(since)}: everything in one. */
  public static void changeset(Replica replica, Values args, Result result) {
    VersionVector since = VersionVector.read(args, 0, "crsql_changeset");
    Stream stream = Stream.begin(replica, since, Long.MAX_VALUE, "crsql_changeset");
    try {
      stream.give(result);
    } finally {
      stream.close();
    }
  }

  /** {@code crsql_apply(changeset)}, inside a savepoint of the caller's. */
  public static void apply(Replica replica, Values args, Result result) {
    result.setLong(Applier.apply(replica, changeset(args, 0, "crsql_apply")));
  }

  /**
   * {@code crsql_vector_after(vector, changeset)}: what one holds who held that and applies this;
   * NULL if crsql_apply would refuse the changeset there, since it builds on more.
   */
  public static void vectorAfter(Values args, Result result) {
    String caller = "crsql_vector_after";
    VersionVector vector = VersionVector.read(args, 0, caller);
    Changeset changeset = new Changeset(changeset(args, 1, caller), caller);
    VersionVector after = vector.after(changeset);
    result.setBlob(after == null ? null : after.encode());
  }

  /**
   * {@code crsql_vector_sender(vector, changeset)}: what the sender of the changeset holds, if it
   * held that before.
   */
  public static void vectorSender(Values args, Result result) {
    String caller = "crsql_vector_sender";
    VersionVector vector = VersionVector.read(args, 0, caller);
    Changeset changeset = new Changeset(changeset(args, 1, caller), caller);
    result.setBlob(vector.ofSender(changeset).encode());
  }

  /** {@code crsql_vector_covers(a, b)}: 1 if who holds a holds all of b. */
  public static void vectorCovers(Values args, Result result) {
    String caller = "crsql_vector_covers";
    VersionVector vector = VersionVector.read(args, 0, caller);
    result.setLong(vector.covers(VersionVector.read(args, 1, caller)) ? 1 : 0);
  }

  private static byte[] changeset(Values args, int i, String caller) {
    if (args.type(i) != ValueType.BLOB) {
      throw new SqliteException(SqliteException.ERROR, caller + ": it takes a changeset, a blob");
    }
    return args.getBytes(i);
  }
}
