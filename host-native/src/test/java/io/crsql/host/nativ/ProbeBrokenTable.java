package io.crsql.host.nativ;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Values;
import io.crsql.sqlite.VirtualTable;

/** A table that throws in the method that a query names: {@code where method = '...'}. */
final class ProbeBrokenTable implements VirtualTable {
  @Override
  public String declaration() {
    return "create table x(v, method hidden)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    if (info.constraints() == 0) {
      throw new SqliteException(SqliteException.ERROR, "broken in bestIndex");
    }
    info.use(0, 0, true);
    info.plan(1, 1, 1, false);
  }

  @Override
  public Cursor open() {
    return new BrokenCursor();
  }

  @Override
  public void disconnect() {
    throw new IllegalStateException("broken in disconnect");
  }

  private static final class BrokenCursor implements Cursor {
    private String method;

    private void in(String current) {
      if (method.equals(current)) {
        throw new SqliteException(SqliteException.BUSY, "broken in " + current);
      }
    }

    @Override
    public void filter(int plan, Values args) {
      method = args.getText(0);
      in("filter");
    }

    @Override
    public void next() {
      in("next");
      method = "eof";
    }

    @Override
    public boolean eof() {
      return method.equals("eof");
    }

    @Override
    public void column(Result result, int i) {
      in("column");
    }

    @Override
    public long rowid() {
      in("rowid");
      return 1;
    }

    @Override
    public void close() {
      in("close");
    }
  }
}
