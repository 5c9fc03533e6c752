package io.crsql.engine;

import io.crsql.engine.changes.Receiver;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.AsCrr;
import io.crsql.engine.schema.Metadata;
import io.crsql.engine.transaction.Backfill;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** The SQL functions about one database. */
final class Functions {
  private Functions() {}

  static void asCrr(Replica replica, Values args, Result result) {
    if (args.type(0) != ValueType.TEXT) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql_as_crr: it takes the name of a table, as text");
    }
    String name = args.getText(0);
    Savepoint.run(
        replica.schema().db(),
        "crsql_as_crr",
        () -> {
          replica.transaction().enter();
          AsCrr.Mended mended = new AsCrr(replica.schema(), replica.registry()).apply(name);
          if (mended.any()) {
            new Backfill(replica.schema(), replica.registry().byName(name), replica.transaction())
                .run(mended);
          }
          replica.merge().reconsider(replica.registry().byName(name));
          new Receiver(replica).release(replica.registry().byName(name));
        });
  }

  static void siteId(Replica replica, Values args, Result result) {
    replica.transaction().look();
    if (!replica.registry().present()) {
      Savepoint.run(
          replica.schema().db(),
          "crsql_siteid",
          () -> {
            replica.transaction().enter();
            if (!replica.registry().present()) {
              Metadata.create(replica.schema());
              replica.registry().invalidate();
            }
          });
      replica.transaction().look();
    }
    result.setBlob(replica.sites().bytes(Sites.OWN));
  }

  static void dbVersion(Replica replica, Values args, Result result) {
    result.setLong(now(replica));
  }

  static void nextDbVersion(Replica replica, Values args, Result result) {
    result.setLong(now(replica) + 1);
  }

  private static long now(Replica replica) {
    replica.transaction().look();
    return replica.clock().now();
  }
}
