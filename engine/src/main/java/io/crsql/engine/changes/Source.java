package io.crsql.engine.changes;

import io.crsql.sqlite.Result;

/** One of the things that a scan of {@code crsql_changes} merges by arrival. */
interface Source {
  /**
   * Moves to the next entry; false if there is none.
   *
   * @param now the clock: past the scan's end, this connection has written since it began
   */
  boolean next(long now);

  /** When this database learnt of the entry. */
  long at();

  /** The entry's cells, as bits; 0 if the entry is one change that is not a cell's. */
  long cols();

  /** Gives a column of a cell's change, or of the only one. */
  void column(Result result, int i, int bit);

  /** Ends it. */
  void close();
}
