package io.crsql.host.nativ;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Db;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;
import io.crsql.sqlite.WritableTable;
import java.util.List;

/**
 * A writable view of an ordinary table {@code store(k integer primary key, v)}. Holds a statement
 * until disconnected.
 */
class ProbeTable implements WritableTable {
  private final Db db;
  private final List<String> log;
  private Stmt insert;

  ProbeTable(Db db, List<String> log) {
    this.db = db;
    this.log = log;
  }

  final void log(String event) {
    log.add(event);
  }

  @Override
  public final String declaration() {
    return "create table x(k, v)";
  }

  @Override
  public final void bestIndex(IndexInfo info) {
    info.plan(0, 1000, 1000, false);
  }

  @Override
  public final Cursor open() {
    return new Scan(db.prepare("select k, v from store order by k"));
  }

  @Override
  public final void disconnect() {
    if (insert != null) {
      insert.close();
      insert = null;
    }
  }

  @Override
  public final long insert(Values row) {
    if (row.count() != 2) {
      throw new IllegalStateException("row of " + row.count());
    }
    if (insert == null) {
      insert = db.prepare("insert into store values (?1, ?2)");
    }
    insert.bindValue(1, row, 0);
    insert.bindValue(2, row, 1);
    insert.step();
    insert.reset();
    return row.getLong(0);
  }

  @Override
  public final void update() {
    throw new SqliteException(SqliteException.READONLY, "rows of this table cannot be updated");
  }

  @Override
  public final void delete() {
    throw new SqliteException(SqliteException.CONSTRAINT, "rows of this table cannot be deleted");
  }

  private static final class Scan implements Cursor {
    private final Stmt stmt;
    private boolean row;

    Scan(Stmt stmt) {
      this.stmt = stmt;
    }

    @Override
    public void filter(int plan, Values args) {
      stmt.reset();
      next();
    }

    @Override
    public void next() {
      row = stmt.step();
    }

    @Override
    public boolean eof() {
      return !row;
    }

    @Override
    public void column(Result result, int i) {
      result.setValue(stmt, i);
    }

    @Override
    public long rowid() {
      return stmt.getLong(0);
    }

    @Override
    public void close() {
      stmt.close();
    }
  }
}
