package io.crsql.sync;

/**
 * How a session behaves.
 *
 * @param token what the peer is shown, at most {@value SyncSession#MAX_TOKEN_BYTES} bytes of UTF-8;
 *     empty if it asks for none
 * @param agent the program's name and version, for the other side's status page
 * @param access what this side wants to do: receive, send or both
 * @param maxFrame the largest frame that this side takes, in bytes
 * @param window how many bytes of changesets may be under way without having been acknowledged, in
 *     either direction; it bounds what a session holds in memory
 * @param chunkBytes the size, in bytes, at which changesets are cut
 */
public record SessionOptions(
    String token, String agent, Access access, int maxFrame, int window, int chunkBytes) {
  /** The least that {@code maxFrame} can be. */
  public static final int LEAST_FRAME = 4096;

  /** Sensible values for a program that syncs one database. */
  public static final SessionOptions DEFAULT =
      new SessionOptions("", "crsql", Access.FULL, 64 << 20, 4 << 20, 256 << 10);

  /** Checks the ranges. */
  public SessionOptions {
    if (maxFrame < LEAST_FRAME || window < 1 || chunkBytes < 1 || chunkBytes > maxFrame) {
      throw new IllegalArgumentException(
          "maxFrame " + maxFrame + ", window " + window + ", chunkBytes " + chunkBytes);
    }
  }

  /** The same with another token. */
  public SessionOptions withToken(String token) {
    return new SessionOptions(token, agent, access, maxFrame, window, chunkBytes);
  }

  /** The same with another name of the program. */
  public SessionOptions withAgent(String agent) {
    return new SessionOptions(token, agent, access, maxFrame, window, chunkBytes);
  }

  /** The same with another wish. */
  public SessionOptions withAccess(Access access) {
    return new SessionOptions(token, agent, access, maxFrame, window, chunkBytes);
  }

  /** The same with other sizes. */
  public SessionOptions withSizes(int maxFrame, int window, int chunkBytes) {
    return new SessionOptions(token, agent, access, maxFrame, window, chunkBytes);
  }
}
