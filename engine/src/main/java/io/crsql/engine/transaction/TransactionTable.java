package io.crsql.engine.transaction;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.Values;

/**
 * A virtual table without rows. Inserting into it does nothing but have SQLite report the
 * transaction's course.
 */
final class TransactionTable implements TransactionalTable {
  static final String NAME = "crsql_transaction";

  private final Transaction transaction;

  TransactionTable(Transaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public String declaration() {
    return "CREATE TABLE x(unused)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    info.plan(0, 1, 0, false);
  }

  @Override
  public Cursor open() {
    return new Empty();
  }

  @Override
  public void disconnect() {}

  @Override
  public long insert(Values row) {
    return 0;
  }

  @Override
  public void update() {
    throw new SqliteException(SqliteException.ERROR, "crsql_transaction: it has no rows");
  }

  @Override
  public void delete() {
    update();
  }

  @Override
  public void begin() {
    transaction.begun();
  }

  @Override
  public void sync() {
    transaction.committing();
  }

  @Override
  public void commit() {
    transaction.committed();
  }

  @Override
  public void rollback() {
    transaction.undone(true);
  }

  @Override
  public void savepoint(int id) {}

  @Override
  public void release(int id) {}

  @Override
  public void rollbackTo(int id) {
    transaction.undone(false);
  }

  /** A cursor over no rows. */
  private static final class Empty implements Cursor {
    @Override
    public void filter(int plan, Values args) {}

    @Override
    public void next() {}

    @Override
    public boolean eof() {
      return true;
    }

    @Override
    public void column(Result result, int i) {}

    @Override
    public long rowid() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
