package io.crsql.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a session sends: the stream that the peer has asked for, and then what is new.
 *
 * <p>No read of the database is held open between two chunks: the stream goes on from the vector
 * that the peer will have. So a slow peer keeps nothing from being cleaned up, and what is under
 * way is bounded by the window.
 */
final class Outflow {
  /**
   * A chunk without rows only moves vectors, and every receiver would answer it with one of its
   * own. So it is put off until the clock has moved this far, which bounds how often the same
   * entries are looked at.
   */
  private static final long EMPTY_CHUNK_TICKS = 1_000;

  /** The bytes of a chunk's frame besides the changeset, at most. */
  private static final int OVERHEAD = 64;

  /** A peer may ask for this many streams, and then one more for each chunk that it takes. */
  private static final int FREE_WANTS = 16;

  private final Store store;
  private final Outbox outbox;
  private final int chunkBytes;
  private final int window;
  private final int maxFrame;

  /** The peer's number for the stream; 0 before it has asked. */
  private long stream;

  /** What the peer will hold once it has applied all that has been sent. */
  private byte[] since;

  private boolean pending;
  private boolean first;
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private long bytesUnderWay;
  private long sentChunks;
  private long ackedChunks;
  private long wants;
  private long sentUntil;
  private long ackedUntil;
  private long end;
  private long allChunks;
  private long allBytes;

  private record Sent(int bytes, long until) {}

  Outflow(Store store, Outbox outbox, SessionOptions options, Hello peer) {
    this.store = store;
    this.outbox = outbox;
    this.window = Math.min(options.window(), peer.window());
    this.maxFrame = peer.maxFrame();
    this.chunkBytes = Math.max(1, Math.min(options.chunkBytes(), Math.min(window, maxFrame) / 2));
  }

  /** The peer asks for a stream. */
  void want(long number, byte[] vector) {
    if (number <= stream) {
      throw new ProtocolException("stream " + number + " was asked for after " + stream);
    } else if (++wants > FREE_WANTS + allChunks) {
      throw new ProtocolException(CloseCode.LIMIT, "too many streams were asked for");
    }
    stream = number;
    since = vector;
    pending = true;
    first = true;
    underWay.clear();
    bytesUnderWay = 0;
    sentChunks = 0;
    ackedChunks = 0;
  }

  /** The database may have something new. */
  void changed() {
    pending = true;
  }

  /** The peer has sent a chunk of its own, so it holds what is in there. */
  void holds(byte[] changeset) {
    if (stream != 0) {
      since = store.ofSender(since, changeset);
    }
  }

  void ack(long number, long chunks) {
    if (number < stream) {
      return;
    } else if (number > stream || chunks > sentChunks || chunks <= ackedChunks) {
      throw new ProtocolException(
          "chunk " + chunks + " of stream " + number + " was acknowledged out of turn");
    }
    while (ackedChunks < chunks) {
      Sent sent = underWay.remove();
      bytesUnderWay -= sent.bytes;
      ackedUntil = sent.until;
      ackedChunks++;
      allChunks++;
      allBytes += sent.bytes;
    }
  }

  /**
   * Sends as much as the window allows, once half of it is free: each reading of the database
   * begins anew, so that many small ones would cost more than what they read.
   */
  void pump() {
    if (stream == 0) {
      return;
    }
    while (pending && bytesUnderWay <= window / 2) {
      int chunks = (int) ((window - bytesUnderWay) / chunkBytes);
      List<Store.Chunk> next = store.changesets(since, chunkBytes, Math.max(1, chunks));
      end = store.clock();
      for (Store.Chunk chunk : next) {
        send(chunk);
      }
    }
  }

  private void send(Store.Chunk chunk) {
    pending = !chunk.last();
    boolean worth = first || chunk.rows() > 0 || !chunk.last();
    if (!worth && chunk.until() - sentUntil < EMPTY_CHUNK_TICKS) {
      return;
    }
    byte[] changeset = chunk.changeset();
    if (changeset.length + OVERHEAD > maxFrame) {
      throw new ProtocolException(
          CloseCode.LIMIT,
          "a change has "
              + changeset.length
              + " bytes, and the other side takes frames of "
              + maxFrame
              + " at most; store large values elsewhere, or raise its limit");
    }
    FrameWriter frame = outbox.frame(FrameType.CHUNK, changeset.length + OVERHEAD);
    frame.varint(stream).octet(chunk.last() ? 1 : 0).varint(chunk.until());
    outbox.add(frame.varint(Math.max(end, chunk.until())).raw(changeset));
    since = store.after(since, changeset);
    underWay.add(new Sent(changeset.length, chunk.until()));
    bytesUnderWay += changeset.length;
    sentUntil = chunk.until();
    sentChunks++;
    first = false;
  }

  Progress.Flow progress() {
    boolean upToDate = stream != 0 && !pending && underWay.isEmpty();
    return new Progress.Flow(ackedUntil, end, allChunks, allBytes, 0, upToDate);
  }
}
