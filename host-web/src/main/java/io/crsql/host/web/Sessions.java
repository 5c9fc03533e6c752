package io.crsql.host.web;

import io.crsql.sqlite.Failure;
import io.crsql.sync.Access;
import io.crsql.sync.CloseCode;
import io.crsql.sync.Closing;
import io.crsql.sync.Progress;
import io.crsql.sync.SessionOptions;
import io.crsql.sync.StoreException;
import io.crsql.sync.SyncSession;

/**
 * Sync sessions for JavaScript, which runs them as {@link SyncSession} says and has the
 * connections. Sessions are handles, and bytes are in the memory of SQLite's module. As in {@link
 * Callbacks}, nothing is thrown.
 */
final class Sessions {
  private static final int READ = 1;
  private static final int WRITE = 2;

  private static final int OPEN = 1;
  private static final int UP_TO_DATE = 2;
  private static final int CLOSED = 4;
  private static final int RETRY = 8;
  private static final int HAS_ALL = 16;

  private static final int FAILED = -1;

  /** An application's thread should not be busy for long: a window is read from at once. */
  private static final SessionOptions SIZES =
      SessionOptions.DEFAULT.withSizes(64 << 20, 1 << 20, 128 << 10);

  private Sessions() {}

  private static SyncSession session(int handle) {
    return (SyncSession) Handles.get(handle);
  }

  /**
   * Begins one.
   *
   * @param connecting 1 if this side speaks first
   * @param access any of 1, receive, and 2, send
   * @return its handle, for {@link #release}; -1 if it has failed
   */
  static int open(int db, int connecting, int access, int token, int agent) {
    try {
      Access wish = new Access((access & READ) != 0, (access & WRITE) != 0);
      SessionOptions options =
          SIZES.withToken(Memory.text(token)).withAgent(Memory.text(agent)).withAccess(wish);
      DbStore store = Stores.of(db);
      SyncSession session =
          connecting == 1
              ? SyncSession.connect(store, options)
              : SyncSession.accept(store, options, shown -> wish);
      return Handles.add(session);
    } catch (Throwable error) {
      return FAILED;
    }
  }

  static void receive(int handle, int bytes, int length) {
    SyncSession session = session(handle);
    try {
      session.receive(Memory.bytes(bytes, length), 0, length);
    } catch (Throwable error) {
      fail(session, error);
    }
  }

  /**
   * Commits what sessions have applied, before anything of what they have put out is sent.
   *
   * @return 0, or why nothing of it is kept, to be given to {@link Sqlite#free}
   */
  static int commit(int db) {
    try {
      Stores.of(db).commit();
      return 0;
    } catch (Throwable error) {
      return Memory.copy(sentence(error));
    }
  }

  static void changed(int handle) {
    session(handle).changed();
  }

  static void pump(int handle) {
    SyncSession session = session(handle);
    try {
      session.pump();
    } catch (Throwable error) {
      fail(session, error);
    }
  }

  static void heartbeat(int handle) {
    session(handle).heartbeat();
  }

  /**
   * The next frame for the peer.
   *
   * @param lengthOut where its length is put
   * @return where it is until the next call; 0 if there is none
   */
  static int poll(int handle, int lengthOut) {
    SyncSession session = session(handle);
    try {
      byte[] frame = session.poll();
      if (frame == null) {
        return 0;
      }
      Heap.putInt(lengthOut, frame.length);
      return Memory.scratch(frame, frame.length);
    } catch (Throwable error) {
      fail(session, error);
      return 0;
    }
  }

  /**
   * Any of 1, both sides have greeted each other and it has not ended; 2, each has what the other
   * has, as far as is known; 4, it has ended; 8, and may be tried again; 16, all has come that the
   * peer is known to have.
   */
  static int state(int handle) {
    SyncSession session = session(handle);
    Closing closing = session.closing().orElse(null);
    if (closing != null) {
      return CLOSED | (closing.code().retry() ? RETRY : 0);
    } else if (!session.isOpen()) {
      return 0;
    }
    Progress progress = session.progress();
    return OPEN
        | (progress.isUpToDate(session.access()) ? UP_TO_DATE : 0)
        | (progress.received().upToDate() ? HAS_ALL : 0);
  }

  /** Why it has ended, to be given to {@link Sqlite#free}; 0 if it has not. */
  static int closing(int handle) {
    try {
      Closing closing = session(handle).closing().orElse(null);
      return closing == null ? 0 : Memory.copy(closing.message());
    } catch (Throwable error) {
      return 0;
    }
  }

  /** How many changesets the peer has acknowledged. */
  static int sent(int handle) {
    return (int) session(handle).progress().sent().chunks();
  }

  /** How many changesets have been applied. */
  static int received(int handle) {
    return (int) session(handle).progress().received().chunks();
  }

  /** This side has no more use for it. */
  static void close(int handle) {
    session(handle).close(CloseCode.DONE, "the program has no more use for the connection");
  }

  static void release(int handle) {
    Handles.release(handle);
  }

  private static void fail(SyncSession session, Throwable error) {
    session.close(CloseCode.UNAVAILABLE, sentence(error));
  }

  private static String sentence(Throwable error) {
    return error instanceof StoreException ? error.getMessage() : Failure.message(error);
  }
}
