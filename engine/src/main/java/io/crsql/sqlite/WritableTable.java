package io.crsql.sqlite;

/** A virtual table that takes writes. */
public interface WritableTable extends VirtualTable {
  /**
   * INSERT: {@code row} holds the declared columns in order, valid during the call only.
   *
   * @return the new row's rowid
   */
  long insert(Values row);

  /** UPDATE of one row. */
  void update();

  /** DELETE of one row. */
  void delete();
}
