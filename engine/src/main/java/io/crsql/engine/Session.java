package io.crsql.engine;

import io.crsql.engine.changes.ChangesTable;
import io.crsql.engine.held.HeldTable;
import io.crsql.engine.inspect.Inspection;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.transaction.TransactionTable;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.ScalarFunction;

/** crsql in one connection: its databases, and the SQL functions that reach them. */
final class Session {
  /** What triggers call: in any schema, trusted or not. */
  private static final int FOR_TRIGGERS = Db.INNOCUOUS;

  private final Db db;
  private TransactionTable table;
  private Replica main;

  Session(Db db) {
    this.db = db;
  }

  void install() {
    Lifetime.watch(db, this::close);
    table = TransactionTable.of(db);
    main = Replica.of(new Schema(db, "main"), table);
    db.table("crsql_changes", false, new ChangesTable(main));
    db.table("crsql_held", false, new HeldTable(main));
    forTriggers(main.transaction());
    forUsers();
  }

  private void forTriggers(Transaction transaction) {
    forTriggers(
        "crsql_tick",
        2,
        (args, result) -> result.setLong(transaction.tick(args.getLong(0), args.getLong(1))));
    forTriggers("crsql_at", 1, (args, result) -> result.setLong(transaction.at(args.getLong(0))));
    forTriggers(
        "crsql_capture",
        1,
        (args, result) -> result.setLong(transaction.capturing(args.getLong(0)) ? 1 : 0));
    forTriggers(
        "crsql_merging", 0, (args, result) -> result.setLong(transaction.isMerging() ? 1 : 0));
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
    onReplica("crsql_siteid", 0, 0, Functions::siteId);
    onReplica("crsql_site_id", 0, 0, Functions::siteId);
    onReplica("crsql_dbversion", 0, 0, Functions::dbVersion);
    onReplica("crsql_db_version", 0, 0, Functions::dbVersion);
    onReplica("crsql_nextdbversion", 0, 0, Functions::nextDbVersion);
    onReplica("crsql_next_db_version", 0, 0, Functions::nextDbVersion);
    onReplica("crsql_new_site", 0, Db.DIRECT_ONLY, Functions::newSite);
    onReplica("crsql_verify", 0, Db.DIRECT_ONLY, Inspection::verify);
    onReplica("crsql_explain", -1, Db.DIRECT_ONLY, Inspection::explain);
    onReplica("crsql_fingerprint", 0, Db.DIRECT_ONLY, Inspection::fingerprint);
    onReplica("crsql_fingerprint", 1, Db.DIRECT_ONLY, Inspection::fingerprint);
    db.scalar("crsql_optimize", 0, Db.DIRECT_ONLY, (args, result) -> optimize());
    db.scalar("crsql_finalize", 0, Db.DIRECT_ONLY, (args, result) -> result.setNull());
    db.scalar(
        "crsql_version",
        0,
        Db.DETERMINISTIC | Db.INNOCUOUS,
        (args, result) -> result.setText(Extension.VERSION));
  }

  /**
   * Registers a function about one database.
   *
   * @param args how many arguments it takes besides the database
   */
  private void onReplica(String name, int args, int flags, ReplicaFunction function) {
    db.scalar(name, args, flags, (values, result) -> function.call(main, values, result));
  }

  private void optimize() {
    Savepoint.run(db, "crsql_optimize", () -> main.transaction().foldAll(main.merge()::reconsider));
  }

  /** The connection closes. */
  private void close() {
    main.close();
    table.close();
  }
}
