package io.crsql.engine.inspect;

import io.crsql.engine.replica.Replica;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** The SQL functions that look into a database. They never write it. */
public final class Inspection {
  private Inspection() {}

  /** {@code crsql_fingerprint([t])}: see {@link Fingerprint}. */
  public static void fingerprint(Replica replica, Values args, Result result) {
    String table = null;
    if (args.count() > 0 && args.type(0) != ValueType.NULL) {
      if (args.type(0) != ValueType.TEXT) {
        throw new SqliteException(
            SqliteException.ERROR,
            "crsql_fingerprint: it takes the name of a replicated table, as text, or nothing");
      }
      table = args.getText(0);
    }
    try (Stmt snapshot = snapshot(replica)) {
      snapshot.step();
      replica.transaction().look();
      result.setText(new Fingerprint(replica).of(table));
    }
  }

  /** {@code crsql_explain(t, key..., col)}: see {@link Explanation}. */
  public static void explain(Replica replica, Values args, Result result) {
    try (Stmt snapshot = snapshot(replica)) {
      snapshot.step();
      replica.transaction().look();
      result.setText(new Explanation(replica, args).json());
    }
  }

  /** {@code crsql_verify()}: see {@link Verification}. */
  public static void verify(Replica replica, Values args, Result result) {
    try (Stmt snapshot = snapshot(replica)) {
      snapshot.step();
      result.setText(new Verification(replica).run());
    }
  }

  /** A statement that, while it stands on a row, keeps other connections' commits out of sight. */
  private static Stmt snapshot(Replica replica) {
    String schema = replica.schema().of("sqlite_schema");
    return replica.schema().prepare("SELECT count(*) FROM " + schema + " UNION ALL SELECT 1");
  }
}
