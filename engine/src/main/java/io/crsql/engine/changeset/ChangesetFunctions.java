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
    if (args.type(0) != ValueType.BLOB) {
      throw new SqliteException(SqliteException.ERROR, "crsql_apply: it takes a changeset, a blob");
    }
    result.setLong(Applier.apply(replica, args.getBytes(0)));
  }
}
