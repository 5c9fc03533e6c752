package io.crsql.engine;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Metadata;
import io.crsql.engine.schema.Numbers;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** The SQL functions about one database. */
final class Functions {
  private Functions() {}

  static void newSite(Replica replica, Values args, Result result) {
    create(replica, "crsql_new_site");
    Savepoint.run(
        replica.schema().db(),
        "crsql_new_site",
        () -> {
          replica.transaction().enter();
          replica.transaction().markFirst();
          replica.sites().renew();
          new Numbers(replica.schema(), replica.registry()).renew();
          replica.transaction().renumbered();
        });
    result.setBlob(replica.sites().bytes(Sites.OWN));
  }

  static void siteId(Replica replica, Values args, Result result) {
    create(replica, "crsql_siteid");
    result.setBlob(replica.sites().bytes(Sites.OWN));
  }

  /** Makes the database a site, if it is none yet. */
  private static void create(Replica replica, String function) {
    replica.transaction().look();
    if (!replica.registry().present()) {
      Savepoint.run(
          replica.schema().db(),
          function,
          () -> {
            replica.transaction().enter();
            if (!replica.registry().present()) {
              Metadata.create(replica.schema());
              replica.registry().invalidate();
            }
          });
      replica.transaction().look();
    }
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
