package io.crsql.host.nativ;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;
import io.crsql.sqlite.VirtualTable;

/**
 * A read-only table of the numbers 1 to 1000, which knows ranges and both orders of its one key.
 */
final class ProbeSeries implements VirtualTable {
  private static final int FROM = 1;
  private static final int TO = 2;
  private static final int DESCENDING = 4;
  private static final int LAST = 1000;

  @Override
  public String declaration() {
    return "create table x(n integer, plan text)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    int plan = 0;
    int args = 0;
    for (int i = 0; i < info.constraints(); i++) {
      if (!info.usable(i) || info.column(i) != 0) {
        continue;
      }
      int bound =
          info.operator(i) == IndexInfo.GE ? FROM : info.operator(i) == IndexInfo.LE ? TO : 0;
      // the value of FROM goes first
      if (bound != 0 && (plan & bound) == 0 && !(bound == FROM && (plan & TO) != 0)) {
        info.use(i, args++, true);
        plan |= bound;
      }
    }
    boolean ordered = info.orderings() == 1 && info.orderColumn(0) == 0;
    if (ordered && info.orderDescending(0)) {
      plan |= DESCENDING;
    }
    info.plan(plan, LAST, LAST, ordered);
  }

  @Override
  public Cursor open() {
    return new Scan();
  }

  @Override
  public void disconnect() {}

  private static final class Scan implements Cursor {
    private int plan;
    private long first;
    private long last;
    private long n;

    @Override
    public void filter(int newPlan, Values args) {
      plan = newPlan;
      first = (plan & FROM) != 0 ? args.getLong(0) : 1;
      last = (plan & TO) != 0 ? args.getLong(args.count() - 1) : LAST;
      n = (plan & DESCENDING) != 0 ? last : first;
    }

    @Override
    public void next() {
      n += (plan & DESCENDING) != 0 ? -1 : 1;
    }

    @Override
    public boolean eof() {
      return n < first || n > last;
    }

    @Override
    public void column(Result result, int i) {
      if (i == 0) {
        result.setLong(n);
      } else {
        result.setText("plan " + plan);
      }
    }

    @Override
    public long rowid() {
      return n;
    }

    @Override
    public void close() {}
  }
}
