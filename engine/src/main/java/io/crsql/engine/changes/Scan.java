package io.crsql.engine.changes;

import io.crsql.sqlite.Result;

/** The rows of {@code crsql_changes} that a query reads, standing on the first of them. */
interface Scan {
  /** Moves to the next row. */
  void next();

  /** Whether it is past the last row. */
  boolean eof();

  /** Gives a column of the current row. */
  void column(Result result, int i);

  /** The current row's rowid. */
  long rowid();

  /** Ends it; called once. */
  void close();
}
