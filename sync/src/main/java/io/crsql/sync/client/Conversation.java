package io.crsql.sync.client;

import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.StoreException;
import io.crsql.sync.SyncSession;
import io.crsql.sync.jdbc.BatchStore;
import java.time.Duration;

/** One connection's session, from the greeting to the end. Used by the thread that syncs. */
final class Conversation {
  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(15).toNanos();

  /** About how much is applied in one transaction; it bounds how long others wait to write. */
  private static final int BATCH_BYTES = 1 << 20;

  private final BatchStore store;
  private final Link link;
  private final SyncSession session;
  private long dataVersion;
  private long beatAt = System.nanoTime() + HEARTBEAT_NANOS;
  private boolean wasUpToDate;

  /**
   * @throws StoreException if the database cannot be read
   */
  Conversation(BatchStore store, SessionOptions options, Link link) {
    this.store = store;
    this.link = link;
    this.dataVersion = store.dataVersion();
    this.session = SyncSession.connect(store, options);
  }

  SyncSession session() {
    return session;
  }

  /** Whether all has come and gone that is known to be due. */
  boolean isUpToDate() {
    return session.isOpen() && session.progress().isUpToDate(session.access());
  }

  /** Whether it ever was. */
  boolean wasUpToDate() {
    return wasUpToDate;
  }

  /**
   * Does what there is to do now.
   *
   * @return how it has ended; null if it has not
   */
  Closing step() throws InterruptedException {
    try {
      look();
      receive();
      beat();
      session.pump();
    } catch (StoreException e) {
      // What was acknowledged is not committed, so nothing of it may be said.
      link.abort();
      return new Closing(CloseCode.UNAVAILABLE, e.getMessage(), false);
    }
    wasUpToDate |= isUpToDate();
    if (session.closing().isPresent()) {
      link.close(session);
      return session.closing().get();
    }
    link.send(session);
    String ended = link.ended();
    return ended == null ? null : new Closing(CloseCode.GOING_AWAY, ended, false);
  }

  /** The connection is no more needed. */
  void end() throws InterruptedException {
    session.close(CloseCode.DONE, "the program has no more use for the connection");
    link.close(session);
  }

  /** How many nanoseconds there may be until the next heartbeat. */
  long untilBeat() {
    return Math.max(0, beatAt - System.nanoTime());
  }

  /** Looks whether anybody has committed. */
  private void look() {
    long version = store.dataVersion();
    if (version != dataVersion) {
      dataVersion = version;
      session.changed();
    }
  }

  private void receive() {
    byte[] piece;
    for (int bytes = 0;
        bytes < BATCH_BYTES && (piece = link.poll()) != null;
        bytes += piece.length) {
      session.receive(piece, 0, piece.length);
    }
    if (store.commit() && session.progress().received().upToDate()) {
      // Triggers of the application's may have written.
      session.changed();
    }
  }

  private void beat() {
    if (untilBeat() == 0) {
      session.heartbeat();
      beatAt = System.nanoTime() + HEARTBEAT_NANOS;
    }
  }
}
