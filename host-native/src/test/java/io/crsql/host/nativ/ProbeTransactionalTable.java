package io.crsql.host.nativ;

import io.crsql.sqlite.Db;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.TransactionalTable;
import java.util.List;

/**
 * Logs what it is told about transactions. A row in a table {@code veto} makes it refuse to commit.
 */
final class ProbeTransactionalTable extends ProbeTable implements TransactionalTable {
  private final Db db;

  ProbeTransactionalTable(Db db, List<String> log) {
    super(db, log);
    this.db = db;
  }

  @Override
  public void begin() {
    log("begin");
  }

  @Override
  public void sync() {
    log("sync");
    db.exec("insert into synced values ('written in sync')");
    db.exec("delete from veto");
    if (db.changes() > 0) {
      throw new SqliteException(SqliteException.BUSY, "vetoed");
    }
  }

  @Override
  public void commit() {
    log("commit");
  }

  @Override
  public void rollback() {
    log("rollback");
  }

  @Override
  public void savepoint(int id) {
    log("savepoint" + id);
  }

  @Override
  public void rollbackTo(int id) {
    log("rollbackTo" + id);
  }
}
