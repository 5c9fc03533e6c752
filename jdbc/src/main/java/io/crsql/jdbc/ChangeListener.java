package io.crsql.jdbc;

/** Who is told by a {@link ChangeFeed} of what has been committed. */
@FunctionalInterface
public interface ChangeListener {
  /**
   * Rows have changed. It is called on the feed's thread, one call at a time. A slow listener
   * delays the next call; nothing is lost or collected in memory meanwhile.
   *
   * @throws Exception goes to the feed's error handler; other listeners are still told
   */
  void changed(ChangeBatch batch) throws Exception;
}
