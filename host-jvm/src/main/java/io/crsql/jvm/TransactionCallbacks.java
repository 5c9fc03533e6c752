package io.crsql.jvm;

import io.crsql.sqlite.TransactionalTable;
import java.util.function.Consumer;

/** What SQLite calls for a virtual table that takes part in transactions. */
final class TransactionCallbacks {
  static final Callbacks.Plain BEGIN = vtab -> run(vtab, TransactionalTable::begin);
  static final Callbacks.Plain SYNC = vtab -> run(vtab, TransactionalTable::sync);
  static final Callbacks.Plain COMMIT = vtab -> run(vtab, TransactionalTable::commit);
  static final Callbacks.Plain ROLLBACK = vtab -> run(vtab, TransactionalTable::rollback);
  static final Callbacks.WithInt SAVEPOINT = (vtab, id) -> run(vtab, t -> t.savepoint(id));
  static final Callbacks.WithInt ROLLBACK_TO = (vtab, id) -> run(vtab, t -> t.rollbackTo(id));

  private TransactionCallbacks() {}

  private static int run(long vtab, Consumer<TransactionalTable> method) {
    try {
      method.accept((TransactionalTable) TableCallbacks.table(vtab));
      return Sqlite.OK;
    } catch (Throwable t) {
      return Failures.ofTable(vtab, t);
    }
  }
}
