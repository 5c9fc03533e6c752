package io.crsql.sync;

/**
 * How far a session has come. Clocks are those of docs/changes.md; a flow's share that is done is
 * {@code until / end}.
 *
 * @param received what has come from the peer
 * @param sent what the peer has acknowledged
 */
public record Progress(Flow received, Flow sent) {
  /** Before anything has come or gone. */
  public static final Progress NONE = new Progress(Flow.NONE, Flow.NONE);

  /** Whether all has come and gone that is known to be due, as far as {@code access} goes. */
  public boolean isUpToDate(Access access) {
    return !access.equals(Access.NONE)
        && (!access.read() || received.upToDate)
        && (!access.write() || sent.upToDate);
  }

  /**
   * One direction.
   *
   * @param until the sender's clock up to which the receiver has all; 0 before anything has come
   * @param end the sender's clock, as last known
   * @param chunks how many changesets have been applied
   * @param bytes how many bytes they had
   * @param rows how many of their rows were new to the receiver; 0 for what is sent
   * @param upToDate whether the receiver has had all that the sender had, as far as is known
   */
  public record Flow(long until, long end, long chunks, long bytes, long rows, boolean upToDate) {
    static final Flow NONE = new Flow(0, 0, 0, 0, 0, false);
  }
}
