package io.crsql.engine;

import io.crsql.engine.changes.ChangesTable;
import io.crsql.engine.changeset.ChangesetFunctions;
import io.crsql.engine.changeset.ChangesetsTable;
import io.crsql.engine.changeset.VectorTable;
import io.crsql.engine.held.HeldTable;
import io.crsql.engine.inspect.Inspection;
import io.crsql.engine.log.FoldFunction;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.Replicas;
import io.crsql.engine.replica.Routes;
import io.crsql.engine.transaction.TransactionTable;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.List;

/** crsql in one connection: its databases, and the SQL functions that reach them. */
final class Session {
  /** What triggers call: in any schema, trusted or not. */
  private static final int FOR_TRIGGERS = Db.INNOCUOUS;

  private final Db db;
  private TransactionTable table;
  private Replicas replicas;

  Session(Db db) {
    this.db = db;
  }

  void install() {
    Lifetime.watch(db, this::close);
    table = TransactionTable.of(db);
    FoldFunction folding = new FoldFunction();
    db.scalar("crsql_fold", 4, Db.DIRECT_ONLY, folding);
    replicas = new Replicas(db, table, folding);
    db.table("crsql_changes", false, new ChangesTable(replicas));
    db.table("crsql_changesets", false, new ChangesetsTable(replicas));
    db.table("crsql_vector", false, new VectorTable());
    db.table("crsql_held", false, new HeldTable(replicas));
    forTriggers(new Routes(replicas, table));
    forUsers();
  }

  private void forTriggers(Routes routes) {
    forTriggers(
        "crsql_tick",
        2,
        (args, result) -> {
          long number = args.getLong(0);
          result.setLong(routes.to(number).tick(number, args.getLong(1)));
        });
    forTriggers("crsql_at", 1, (args, result) -> result.setLong(routes.last().at(args.getLong(0))));
    forTriggers(
        "crsql_capture",
        1,
        (args, result) -> {
          long number = args.getLong(0);
          result.setLong(routes.to(number).capturing(number) ? 1 : 0);
        });
    forTriggers("crsql_merging", 0, (args, result) -> result.setLong(replicas.merging() ? 1 : 0));
    db.scalar(
        "crsql_same",
        2,
        FOR_TRIGGERS | Db.DETERMINISTIC,
        (args, result) -> result.setLong(Value.same(args, 0, args, 1) ? 1 : 0));
  }

  private void forTriggers(String name, int args, ScalarFunction function) {
    db.scalar(name, args, FOR_TRIGGERS, function);
  }

  /** One line for each: those that write are not for views and triggers. */
  private void forUsers() {
    onReplica("crsql_as_crr", 1, Db.DIRECT_ONLY, SchemaFunctions::asCrr);
    onReplica("crsql_begin_alter", 1, Db.DIRECT_ONLY, SchemaFunctions::beginAlter);
    onReplica("crsql_commit_alter", 1, Db.DIRECT_ONLY, SchemaFunctions::commitAlter);
    onReplica("crsql_as_table", 1, Db.DIRECT_ONLY, SchemaFunctions::asTable);
    // Asked for with each change that is read: SQLite calls what is deterministic once a statement.
    onReplica("crsql_siteid", 0, Db.DETERMINISTIC, Functions::siteId);
    onReplica("crsql_site_id", 0, Db.DETERMINISTIC, Functions::siteId);
    onReplica("crsql_dbversion", 0, 0, Functions::dbVersion);
    onReplica("crsql_db_version", 0, 0, Functions::dbVersion);
    onReplica("crsql_nextdbversion", 0, 0, Functions::nextDbVersion);
    onReplica("crsql_next_db_version", 0, 0, Functions::nextDbVersion);
    onReplica("crsql_new_site", 0, Db.DIRECT_ONLY, Functions::newSite);
    onReplica("crsql_version_vector", 0, Db.DIRECT_ONLY, ChangesetFunctions::versionVector);
    onReplica("crsql_changeset", 1, Db.DIRECT_ONLY, ChangesetFunctions::changeset);
    onReplica("crsql_apply", 1, Db.DIRECT_ONLY, this::apply);
    db.scalar("crsql_vector_after", 2, Db.DETERMINISTIC, ChangesetFunctions::vectorAfter);
    db.scalar("crsql_vector_sender", 2, Db.DETERMINISTIC, ChangesetFunctions::vectorSender);
    db.scalar("crsql_vector_covers", 2, Db.DETERMINISTIC, ChangesetFunctions::vectorCovers);
    onReplica("crsql_verify", 0, Db.DIRECT_ONLY, Inspection::verify);
    db.scalar("crsql_explain", -1, Db.DIRECT_ONLY, this::explain);
    onMain("crsql_fingerprint", 0, Db.DIRECT_ONLY, Inspection::fingerprint);
    onReplica("crsql_fingerprint", 1, Db.DIRECT_ONLY, Inspection::fingerprint);
    db.scalar("crsql_optimize", 0, Db.DIRECT_ONLY, (args, result) -> optimize(replicas.all()));
    onNamed("crsql_optimize", 0, Db.DIRECT_ONLY, (one, args, result) -> optimize(List.of(one)));
    db.scalar("crsql_finalize", 0, Db.DIRECT_ONLY, (args, result) -> result.setNull());
    db.scalar(
        "crsql_version",
        0,
        Db.DETERMINISTIC | Db.INNOCUOUS,
        (args, result) -> result.setText(Extension.VERSION));
  }

  /**
   * Registers a function about one database: main, or the one that an argument in front names. A
   * number of arguments must not be registered twice: SQLite refuses that while a statement runs,
   * such as the one that loads the extension.
   *
   * @param args how many arguments it takes besides the database
   */
  private void onReplica(String name, int args, int flags, ReplicaFunction function) {
    onMain(name, args, flags, function);
    onNamed(name, args, flags, function);
  }

  /** Registers a function about main. */
  private void onMain(String name, int args, int flags, ReplicaFunction function) {
    db.scalar(
        name, args, flags, (values, result) -> function.call(replicas.main(), values, result));
  }

  /** Registers a function about the database that an argument in front names. */
  private void onNamed(String name, int args, int flags, ReplicaFunction function) {
    db.scalar(
        name,
        args + 1,
        flags,
        (values, result) -> {
          if (values.type(0) != ValueType.TEXT) {
            throw new SqliteException(
                SqliteException.ERROR,
                name + ": the schema must be the name of a database, as text");
          }
          Replica replica = replicas.named(values.getText(0), name);
          function.call(replica, new Rest(values), result);
        });
  }

  /**
   * A key has any number of columns, so the first argument is a schema if it is no table of main.
   */
  private void explain(Values args, Result result) {
    Replica main = replicas.main();
    main.transaction().look();
    String first = args.count() > 0 && args.type(0) == ValueType.TEXT ? args.getText(0) : "";
    if (main.registry().byName(first) == null && replicas.has(first)) {
      Inspection.explain(replicas.named(first, "crsql_explain"), new Rest(args), result);
    } else {
      Inspection.explain(main, args, result);
    }
  }

  private void apply(Replica replica, Values args, Result result) {
    Savepoint.run(db, "crsql_apply", () -> ChangesetFunctions.apply(replica, args, result));
  }

  private void optimize(List<Replica> databases) {
    Savepoint.run(
        db,
        "crsql_optimize",
        () -> {
          for (Replica replica : databases) {
            replica.transaction().foldAll(replica.merge()::reconsider);
          }
        });
  }

  /** The connection closes. */
  private void close() {
    replicas.close();
    table.close();
  }
}
