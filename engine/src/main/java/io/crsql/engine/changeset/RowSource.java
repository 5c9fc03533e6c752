package io.crsql.engine.changeset;

import io.crsql.engine.changes.Source;

/** Entries that are written to changesets as rows. */
interface RowSource extends Source {
  /** Whether the entry is the first of its transaction. */
  boolean begins();

  /** Whether the receiver holds the entry. */
  boolean isCovered();

  /** Writes the entry. */
  void write(Body body, boolean begins);
}
