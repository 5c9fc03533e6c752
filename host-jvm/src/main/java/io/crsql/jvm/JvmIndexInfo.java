package io.crsql.jvm;

import io.crsql.sqlite.IndexInfo;
import java.util.Objects;

/** An {@code sqlite3_index_info}, by the offsets of its fields in 64-bit C. */
final class JvmIndexInfo implements IndexInfo {
  private static final long CONSTRAINT_COUNT = 0;
  private static final long CONSTRAINTS = 8;
  private static final long ORDERING_COUNT = 16;
  private static final long ORDERINGS = 24;
  private static final long USAGES = 32;
  private static final long PLAN = 40;
  private static final long ORDERED = 60;
  private static final long COST = 64;
  private static final long ROWS = 72;

  private long info;

  JvmIndexInfo(long info) {
    this.info = info;
  }

  void expire() {
    info = 0;
  }

  @Override
  public int constraints() {
    return Mem.getInt(info() + CONSTRAINT_COUNT);
  }

  @Override
  public int column(int i) {
    return Mem.getInt(constraint(i));
  }

  @Override
  public int operator(int i) {
    return Mem.getByte(constraint(i) + 4) & 0xff;
  }

  @Override
  public boolean usable(int i) {
    return Mem.getByte(constraint(i) + 5) != 0;
  }

  @Override
  public int orderings() {
    return Mem.getInt(info() + ORDERING_COUNT);
  }

  @Override
  public int orderColumn(int i) {
    return Mem.getInt(ordering(i));
  }

  @Override
  public boolean orderDescending(int i) {
    return Mem.getByte(ordering(i) + 4) != 0;
  }

  @Override
  public void use(int i, int arg, boolean omit) {
    long usage = Mem.getLong(info() + USAGES) + 8L * Objects.checkIndex(i, constraints());
    Mem.setInt(usage, arg + 1);
    Mem.setByte(usage + 4, (byte) (omit ? 1 : 0));
  }

  @Override
  public void plan(int plan, double cost, long rows, boolean ordered) {
    long at = info();
    Mem.setInt(at + PLAN, plan);
    Mem.setInt(at + ORDERED, ordered ? 1 : 0);
    Mem.setDouble(at + COST, cost);
    Mem.setLong(at + ROWS, rows);
  }

  private long constraint(int i) {
    return Mem.getLong(info() + CONSTRAINTS) + 12L * Objects.checkIndex(i, constraints());
  }

  private long ordering(int i) {
    return Mem.getLong(info() + ORDERINGS) + 8L * Objects.checkIndex(i, orderings());
  }

  private long info() {
    if (info == 0) {
      throw new IllegalStateException("the call that this index info belongs to has ended");
    }
    return info;
  }
}
