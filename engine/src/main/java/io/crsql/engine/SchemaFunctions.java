package io.crsql.engine;

import io.crsql.engine.changes.Receiver;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Alteration;
import io.crsql.engine.schema.AsCrr;
import io.crsql.engine.schema.AsTable;
import io.crsql.engine.schema.Mended;
import io.crsql.engine.transaction.Backfill;
import io.crsql.engine.transaction.Handover;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** The SQL functions that make tables replicated or ordinary, and let them be altered. */
final class SchemaFunctions {
  private SchemaFunctions() {}

  static void asCrr(Replica replica, Values args, Result result) {
    String name = table("crsql_as_crr", args);
    Savepoint.run(
        replica.schema().db(),
        "crsql_as_crr",
        () -> {
          replica.transaction().enter();
          AsCrr asCrr =
              new AsCrr(replica.schema(), replica.registry(), replica.transaction()::written);
          Mended mended = asCrr.apply(name);
          if (mended != null) {
            known(replica, mended);
          }
        });
  }

  static void beginAlter(Replica replica, Values args, Result result) {
    String name = table("crsql_begin_alter", args);
    Savepoint.runAndOpen(
        replica.schema().db(),
        "crsql_begin_alter",
        () -> {
          replica.transaction().enter();
          new Alteration(replica.schema(), replica.registry()).begin(name);
        });
  }

  static void commitAlter(Replica replica, Values args, Result result) {
    String name = table("crsql_commit_alter", args);
    Savepoint.runAndRelease(
        replica.schema().db(),
        "crsql_commit_alter",
        () -> {
          replica.transaction().enter();
          known(replica, new Alteration(replica.schema(), replica.registry()).commit(name));
        });
  }

  /** A table may have become known, or have got columns or other constraints. */
  private static void known(Replica replica, Mended mended) {
    if (mended.changed()) {
      // The log of a dropped table whose name this one has got may be gone.
      replica.clock().doubt();
    }
    if (mended.rows() || !mended.slots().isEmpty()) {
      new Backfill(replica.schema(), mended.crr(), replica.transaction()).run(mended);
    }
    if (mended.dropped()) {
      new Handover(replica.schema(), mended.crr(), replica.transaction(), replica.sites()).run();
    }
    replica.merge().reconsider(mended.crr());
    new Receiver(replica).release(mended.crr());
  }

  static void asTable(Replica replica, Values args, Result result) {
    String name = table("crsql_as_table", args);
    Db db = replica.schema().db();
    Runnable statements =
        () -> {
          replica.transaction().enter();
          replica.clock().doubt();
          AsTable.apply(replica.schema(), replica.registry(), name);
        };
    replica.transaction().look();
    try {
      if (replica.registry().isAltering(name)) {
        Savepoint.runAndRelease(db, "crsql_as_table", statements);
      } else {
        Savepoint.run(db, "crsql_as_table", statements);
      }
    } catch (SqliteException e) {
      if ((e.code() & 0xff) != SqliteException.LOCKED) {
        throw e;
      }
      throw new SqliteException(
          e.code(),
          "crsql_as_table: call it in a SELECT without FROM, while no other query is running; "
              + e.getMessage());
    }
  }

  private static String table(String function, Values args) {
    if (args.type(0) != ValueType.TEXT) {
      throw new SqliteException(
          SqliteException.ERROR, function + ": it takes the name of a table, as text");
    }
    return args.getText(0);
  }
}
