package io.crsql.sync.client;

import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import java.time.Instant;
import java.util.Optional;

/**
 * What a {@link SyncClient} is doing.
 *
 * @param state in one word
 * @param progress of the present connection, or of the last one while there is none
 * @param last how the last connection, or attempt at one, has ended; empty while there has been
 *     none, and once a connection stands
 * @param peer the name of the other side's program; empty before it has said so
 * @param nextRetry when it tries to connect again; empty unless it is {@link State#OFFLINE}
 */
public record SyncStatus(
    State state,
    Progress progress,
    Optional<Closing> last,
    Optional<String> peer,
    Optional<Instant> nextRetry) {
  static final SyncStatus START =
      new SyncStatus(
          State.CONNECTING, Progress.NONE, Optional.empty(), Optional.empty(), Optional.empty());

  /** What a client is doing, in one word. */
  public enum State {
    /** It is about to reach the hub, and to be let in. */
    CONNECTING,
    /** Changes are under way, in either direction. */
    SYNCING,
    /** Both sides have what the other has, as far as is known; news goes out as it comes. */
    UP_TO_DATE,
    /** There is no connection for now; writes are kept in the database, as ever. */
    OFFLINE,
    /** It was closed, or connecting again is of no use: {@link SyncStatus#last} says why. */
    STOPPED
  }
}
