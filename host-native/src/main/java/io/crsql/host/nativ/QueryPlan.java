package io.crsql.host.nativ;

import io.crsql.sqlite.IndexInfo;
import org.teavm.interop.Address;

/** A {@code sqlite3_index_info}. */
final class QueryPlan implements IndexInfo {
  private Address info;

  QueryPlan(Address info) {
    this.info = info;
  }

  void clear() {
    info = null;
  }

  private Address info() {
    if (info == null) {
      throw new IllegalStateException("plan used after its call");
    }
    return info;
  }

  private Address constraint(int i) {
    return checked(i, constraints(), "constraint");
  }

  private Address ordering(int i) {
    return checked(i, orderings(), "ordering");
  }

  private Address checked(int i, int count, String what) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("no " + what + " " + i);
    }
    return info();
  }

  @Override
  public int constraints() {
    return Native.planConstraints(info());
  }

  @Override
  public int column(int i) {
    return Native.planColumn(constraint(i), i);
  }

  @Override
  public int operator(int i) {
    return Native.planOperator(constraint(i), i);
  }

  @Override
  public boolean usable(int i) {
    return Native.planUsable(constraint(i), i);
  }

  @Override
  public int orderings() {
    return Native.planOrderings(info());
  }

  @Override
  public int orderColumn(int i) {
    return Native.planOrderColumn(ordering(i), i);
  }

  @Override
  public boolean orderDescending(int i) {
    return Native.planOrderDescending(ordering(i), i);
  }

  @Override
  public void use(int i, int arg, boolean omit) {
    Native.planUse(constraint(i), i, arg, omit);
  }

  @Override
  public void plan(int plan, double cost, long rows, boolean ordered) {
    Native.planSettle(info(), plan, cost, rows, ordered);
  }
}
