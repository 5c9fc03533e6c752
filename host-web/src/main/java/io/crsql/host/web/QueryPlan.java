package io.crsql.host.web;

import io.crsql.sqlite.IndexInfo;

/** A {@code sqlite3_index_info}, by its layout in 32-bit WebAssembly. */
final class QueryPlan implements IndexInfo {
  private static final int CONSTRAINTS = 4;
  private static final int ORDERINGS = 8;
  private static final int ORDERING = 12;
  private static final int USAGE = 16;
  private static final int PLAN = 20;
  private static final int ORDERED = 32;
  private static final int COST = 40;
  private static final int ROWS = 48;

  private static final int CONSTRAINT_SIZE = 12;
  private static final int ORDERING_SIZE = 8;
  private static final int USAGE_SIZE = 8;

  private int info;

  QueryPlan(int info) {
    this.info = info;
  }

  void clear() {
    info = 0;
  }

  private int info() {
    if (info == 0) {
      throw new IllegalStateException("plan used after its call");
    }
    return info;
  }

  private int constraint(int i) {
    return element(i, constraints(), CONSTRAINTS, CONSTRAINT_SIZE);
  }

  private int ordering(int i) {
    return element(i, orderings(), ORDERING, ORDERING_SIZE);
  }

  private int element(int i, int count, int array, int size) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("no element " + i);
    }
    return Heap.getInt(info() + array) + size * i;
  }

  @Override
  public int constraints() {
    return Heap.getInt(info());
  }

  @Override
  public int column(int i) {
    return Heap.getInt(constraint(i));
  }

  @Override
  public int operator(int i) {
    return Heap.getByte(constraint(i) + 4);
  }

  @Override
  public boolean usable(int i) {
    return Heap.getByte(constraint(i) + 5) != 0;
  }

  @Override
  public int orderings() {
    return Heap.getInt(info() + ORDERINGS);
  }

  @Override
  public int orderColumn(int i) {
    return Heap.getInt(ordering(i));
  }

  @Override
  public boolean orderDescending(int i) {
    return Heap.getByte(ordering(i) + 4) != 0;
  }

  @Override
  public void use(int i, int arg, boolean omit) {
    int usage = element(i, constraints(), USAGE, USAGE_SIZE);
    Heap.putInt(usage, arg + 1);
    Heap.putByte(usage + 4, omit ? 1 : 0);
  }

  @Override
  public void plan(int plan, double cost, long rows, boolean ordered) {
    Heap.putInt(info() + PLAN, plan);
    Heap.putInt(info + ORDERED, ordered ? 1 : 0);
    Heap.putDouble(info + COST, cost);
    Heap.putLong(info + ROWS, rows);
  }
}
