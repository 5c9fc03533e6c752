package io.crsql.engine.changes;

import io.crsql.sqlite.Result;

/** Entries that are taken apart into the rows of {@code crsql_changes}. */
interface ChangeSource extends Source {
  /** The entry's cells, as bits; 0 if the entry is one change that is not a cell's. */
  long cols();

  /** Gives a column of a cell's change, or of the only one. */
  void column(Result result, int i, int bit);
}
