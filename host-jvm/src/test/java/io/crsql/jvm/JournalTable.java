package io.crsql.jvm;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.TransactionalTable;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.List;

/** Notes everything that is done to it; fails where it is told to. */
final class JournalTable extends NumberTable implements TransactionalTable {
  final List<String> journal = new ArrayList<>();
  RuntimeException failure;
  String failAt = "";

  private void note(String event) {
    journal.add(event);
    if (failAt.equals(event)) {
      throw failure;
    }
  }

  @Override
  public long insert(Values row) {
    note("insert " + row.count() + " " + row.getLong(0) + " " + row.getText(1));
    return 42;
  }

  @Override
  public void update() {
    throw new SqliteException(SqliteException.READONLY, "not to be updated");
  }

  @Override
  public void delete() {
    throw new SqliteException(SqliteException.READONLY, "not to be deleted from");
  }

  @Override
  public void begin() {
    note("begin");
  }

  @Override
  public void sync() {
    note("sync");
  }

  @Override
  public void commit() {
    note("commit");
  }

  @Override
  public void rollback() {
    note("rollback");
  }

  @Override
  public void savepoint(int id) {
    note("savepoint " + id);
  }

  @Override
  public void rollbackTo(int id) {
    note("rollbackTo " + id);
  }
}
