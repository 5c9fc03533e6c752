package io.crsql.engine;

import io.crsql.engine.changes.ChangesTable;
import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Logs;
import io.crsql.engine.merge.Merge;
import io.crsql.engine.schema.AsCrr;
import io.crsql.engine.schema.Metadata;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Backfill;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** crsql in one connection: the parts, wired, and the SQL functions that reach them. */
final class Session {
  /** What triggers call: in any schema, trusted or not. */
  private static final int FOR_TRIGGERS = Db.INNOCUOUS;

  private final Db db;
  private final Schema main;
  private Registry registry;
  private Clock clock;
  private Sites sites;
  private Logs logs;
  private Transaction transaction;
  private Merge merge;

  Session(Db db) {
    this.db = db;
    this.main = new Schema(db, "main");
  }

  void install() {
    Lifetime.watch(db, this::close);
    registry = new Registry(main);
    clock = new Clock(main, registry);
    sites = new Sites(main);
    logs = new Logs(main, registry);
    transaction = new Transaction(main, registry, clock, sites, logs);
    merge = new Merge(main, transaction, clock, sites);
    db.table(
        "crsql_changes",
        false,
        new ChangesTable(main, registry, transaction, clock, sites, logs, merge));
    forTriggers();
    forUsers();
  }

  private void forTriggers() {
    db.scalar(
        "crsql_tick",
        2,
        FOR_TRIGGERS,
        (args, result) -> result.setLong(transaction.tick(args.getLong(0), args.getLong(1))));
    db.scalar(
        "crsql_at",
        1,
        FOR_TRIGGERS,
        (args, result) -> result.setLong(transaction.at(args.getLong(0))));
    db.scalar(
        "crsql_capture",
        1,
        FOR_TRIGGERS,
        (args, result) -> result.setLong(transaction.capturing(args.getLong(0)) ? 1 : 0));
    db.scalar(
        "crsql_same",
        2,
        FOR_TRIGGERS | Db.DETERMINISTIC,
        (args, result) -> result.setLong(Value.same(args, 0, args, 1) ? 1 : 0));
    db.scalar(
        "crsql_merging",
        0,
        FOR_TRIGGERS,
        (args, result) -> result.setLong(transaction.isMerging() ? 1 : 0));
  }

  private void forUsers() {
    db.scalar("crsql_as_crr", 1, Db.DIRECT_ONLY, this::asCrr);
    db.scalar("crsql_optimize", 0, Db.DIRECT_ONLY, this::optimize);
    db.scalar("crsql_finalize", 0, Db.DIRECT_ONLY, (args, result) -> result.setNull());
    both("crsql_siteid", "crsql_site_id", this::siteId);
    both("crsql_dbversion", "crsql_db_version", (args, result) -> result.setLong(now()));
    both("crsql_nextdbversion", "crsql_next_db_version", (a, result) -> result.setLong(now() + 1));
    db.scalar(
        "crsql_version",
        0,
        Db.DETERMINISTIC | Db.INNOCUOUS,
        (args, result) -> result.setText(Extension.VERSION));
  }

  private void both(String name, String otherName, ScalarFunction function) {
    db.scalar(name, 0, 0, function);
    db.scalar(otherName, 0, 0, function);
  }

  private long now() {
    transaction.look();
    return clock.now();
  }

  private void asCrr(Values args, Result result) {
    if (args.type(0) != ValueType.TEXT) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql_as_crr: it takes the name of a table, as text");
    }
    String name = args.getText(0);
    atomically(
        "crsql_as_crr",
        () -> {
          transaction.enter();
          AsCrr.Mended mended = new AsCrr(main, registry).apply(name);
          if (mended.any()) {
            new Backfill(main, registry.byName(name), transaction).run(mended);
          }
        });
  }

  private void optimize(Values args, Result result) {
    atomically("crsql_optimize", transaction::foldAll);
  }

  private void siteId(Values args, Result result) {
    transaction.look();
    if (!registry.present()) {
      atomically(
          "crsql_siteid",
          () -> {
            transaction.enter();
            if (!registry.present()) {
              Metadata.create(main);
              registry.invalidate();
            }
          });
      transaction.look();
    }
    result.setBlob(sites.bytes(Sites.OWN));
  }

  /** Runs statements all or none, and in the caller's transaction if there is one. */
  private void atomically(String function, Runnable statements) {
    boolean alone = db.autocommit();
    try {
      db.exec("SAVEPOINT crsql");
    } catch (SqliteException e) {
      throw new SqliteException(
          e.code(), function + ": call it in a SELECT of its own; " + e.getMessage());
    }
    try {
      statements.run();
      db.exec("RELEASE crsql");
    } catch (RuntimeException | Error e) {
      // Even the RELEASE may have failed, and left a transaction that the caller never began.
      if (alone) {
        db.exec("ROLLBACK");
      } else {
        db.exec("ROLLBACK TO crsql");
        db.exec("RELEASE crsql");
      }
      throw e;
    }
  }

  /** The connection closes. */
  private void close() {
    logs.close();
    transaction.close();
    clock.close();
    registry.close();
  }
}
