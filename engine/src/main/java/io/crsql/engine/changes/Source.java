package io.crsql.engine.changes;

/** One of the things that are merged by arrival. */
public interface Source {
  /**
   * Moves to the next entry; false if there is none.
   *
   * @param now the clock: past the scan's end, this connection has written since it began
   */
  boolean next(long now);

  /** When this database learnt of the entry. */
  long at();

  /** Ends it. */
  void close();
}
