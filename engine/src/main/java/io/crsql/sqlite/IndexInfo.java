package io.crsql.sqlite;

/**
 * A query that asks a virtual table for a plan ({@code sqlite3_index_info}); valid during the call
 * only.
 */
public interface IndexInfo {
  /** The constraint is {@code column = value}. */
  int EQ = 2;

  /** The constraint is {@code column > value}. */
  int GT = 4;

  /** The constraint is {@code column <= value}. */
  int LE = 8;

  /** The constraint is {@code column < value}. */
  int LT = 16;

  /** The constraint is {@code column >= value}. */
  int GE = 32;

  /** The constraint is {@code column IS NULL}; it has no value. */
  int IS_NULL = 71;

  /** The constraint is {@code column IS value}. */
  int IS = 72;

  /** How many constraints there are. */
  int constraints();

  /** The column of constraint {@code i}, -1 for the rowid. */
  int column(int i);

  /** The operator of constraint {@code i}: one of the constants here or another of SQLite's. */
  int operator(int i);

  /** Whether constraint {@code i} may be used in this plan. */
  boolean usable(int i);

  /** How many ORDER BY terms there are. */
  int orderings();

  /** The column of ORDER BY term {@code i}. */
  int orderColumn(int i);

  /** Whether ORDER BY term {@code i} descends. */
  boolean orderDescending(int i);

  /**
   * Asks for the value of constraint {@code i}.
   *
   * @param arg its place among the arguments of {@link Cursor#filter}, from 0
   * @param omit whether SQLite may trust the table and not check the constraint again
   */
  void use(int i, int arg, boolean omit);

  /**
   * Settles the plan.
   *
   * @param plan a number that {@link Cursor#filter} gets back
   * @param cost the estimated cost
   * @param rows the estimated number of rows
   * @param ordered whether the rows come in the order asked for
   */
  void plan(int plan, double cost, long rows, boolean ordered);
}
