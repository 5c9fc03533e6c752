package io.crsql.jvm;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;
import io.crsql.sqlite.VirtualTable;
import java.util.ArrayList;
import java.util.List;

/** The numbers from 0 to 9 with their squares; it notes the plans it is asked for. */
class NumberTable implements VirtualTable {
  final List<String> plans = new ArrayList<>();
  int disconnects;
  int openCursors;

  @Override
  public String declaration() {
    return "CREATE TABLE x(n INTEGER, square INTEGER)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    StringBuilder seen = new StringBuilder();
    int plan = 0;
    for (int i = 0; i < info.constraints(); i++) {
      seen.append(info.column(i)).append(':').append(info.operator(i)).append(' ');
      if (plan == 0 && info.usable(i) && info.column(i) == 0 && info.operator(i) == IndexInfo.GE) {
        info.use(i, 0, true);
        plan = 1;
      }
    }
    for (int i = 0; i < info.orderings(); i++) {
      seen.append('o').append(info.orderColumn(i)).append(info.orderDescending(i) ? '-' : '+');
    }
    plans.add(seen.toString().trim());
    boolean ordered = info.orderings() == 1 && info.orderColumn(0) == 0 && !info.orderDescending(0);
    info.plan(plan, plan == 1 ? 10 : 100, plan == 1 ? 5 : 10, ordered);
  }

  @Override
  public Cursor open() {
    openCursors++;
    return new Scan();
  }

  @Override
  public void disconnect() {
    disconnects++;
  }

  private final class Scan implements Cursor {
    private long at;

    @Override
    public void filter(int plan, Values args) {
      at = plan == 1 ? Math.max(0, args.getLong(0)) : 0;
    }

    @Override
    public void next() {
      at++;
    }

    @Override
    public boolean eof() {
      return at > 9;
    }

    @Override
    public void column(Result result, int i) {
      result.setLong(i == 0 ? at : at * at);
    }

    @Override
    public long rowid() {
      return at + 100;
    }

    @Override
    public void close() {
      openCursors--;
    }
  }
}
