package io.crsql.engine.transaction;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the databases of a connection the course of its transaction: a virtual table without rows.
 * Inserting into it does nothing but have SQLite report that course.
 */
public final class TransactionTable implements TransactionalTable {
  private static final String NAME = "crsql_transaction";

  private final Db db;
  private final List<Transaction> entered = new ArrayList<>();
  private Stmt enlist;

  /** Whether SQLite reports the transaction that there is now. */
  private boolean enlisted;

  /** How many attached databases the transaction writes. */
  private int attachedWritten;

  private int phase;

  private TransactionTable(Db db) {
    this.db = db;
  }

  /** Makes the connection's table. */
  public static TransactionTable of(Db db) {
    TransactionTable table = new TransactionTable(db);
    db.table(NAME, true, table);
    table.enlist = db.prepare("INSERT INTO main." + NAME + " VALUES(1)");
    return table;
  }

  /** Finalises its statement. */
  public void close() {
    enlist.close();
  }

  /**
   * Whether the transaction writes attached databases too.
   *
   * @return true also if this SQLite cannot tell
   */
  public boolean writesAttached() {
    return attachedWritten != 0;
  }

  /**
   * Another number for each transaction, and once a transaction has begun to write another attached
   * database.
   */
  public int phase() {
    return phase;
  }

  /** From now to its end the database is told of the connection's transaction. */
  void enter(Transaction transaction) {
    if (!enlisted) {
      try {
        enlist.step();
      } finally {
        enlist.reset();
      }
    }
    entered.add(transaction);
    transaction.begun();
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
    enlisted = true;
    attachedWritten = db.attachedWritten();
  }

  @Override
  public void sync() {
    for (Transaction transaction : entered) {
      transaction.committing();
    }
  }

  @Override
  public void commit() {
    for (Transaction transaction : entered) {
      transaction.committed();
    }
    ended();
  }

  @Override
  public void rollback() {
    undone(true);
    ended();
  }

  private void ended() {
    enlisted = false;
    phase++;
    entered.clear();
  }

  @Override
  public void savepoint(int id) {
    // Every statement that fires a capture trigger in a transaction of several begins one.
    int written = db.attachedWritten();
    if (written != attachedWritten) {
      attachedWritten = written;
      phase++;
    }
  }

  @Override
  public void rollbackTo(int id) {
    undone(false);
  }

  private void undone(boolean whole) {
    for (Transaction transaction : entered) {
      transaction.undone(whole);
    }
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
