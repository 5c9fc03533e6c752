package io.crsql.sync;

import java.util.Arrays;

/** What a session receives: it asks for a stream, applies its chunks and acknowledges them. */
final class Inflow {
  private final Store store;
  private final Outbox outbox;

  private long stream;
  private boolean ask = true;

  /** Whether the stream was asked for because a chunk had been refused, and none applied since. */
  private boolean again;

  private byte[] site = new byte[0];
  private long schemaVersion;
  private long streamChunks;
  private long until;
  private long end;
  private long chunks;
  private long bytes;
  private long rows;
  private boolean upToDate;

  Inflow(Store store, Outbox outbox) {
    this.store = store;
    this.outbox = outbox;
  }

  /**
   * Takes a chunk.
   *
   * @return the changeset if it was applied, else null
   */
  byte[] chunk(FrameBody in) {
    long number = in.varint();
    boolean last = in.upTo(1, "the mark of the last chunk") == 1;
    long reaches = in.varint();
    long clock = in.varint();
    byte[] changeset = in.rest();
    if (number == 0 || number > stream) {
      throw new ProtocolException("a chunk is of stream " + number + ", which nobody asked for");
    } else if (number < stream || ask) {
      return null;
    }
    try {
      rows += store.apply(changeset);
    } catch (StoreException e) {
      if (!e.isRefusal() || again) {
        throw e;
      }
      // The database has changed behind the sender's back: it has got a table that it had dropped,
      // or was restored. Asking anew tells the sender.
      ask = true;
      again = true;
      return null;
    }
    again = false;
    streamChunks++;
    chunks++;
    bytes += changeset.length;
    until = reaches;
    end = Math.max(clock, reaches);
    upToDate = last;
    outbox.add(outbox.frame(FrameType.ACK).varint(stream).varint(streamChunks));
    return changeset;
  }

  /** The database may have become another one, so that it lacks what it had when it asked. */
  void changed() {
    ask |= !Arrays.equals(site, store.site()) || schemaVersion != store.schemaVersion();
  }

  /** Asks, if it is to. */
  void pump() {
    if (!ask) {
      return;
    }
    site = store.site();
    schemaVersion = store.schemaVersion();
    byte[] vector = store.vector();
    ask = false;
    stream++;
    streamChunks = 0;
    upToDate = false;
    outbox.add(outbox.frame(FrameType.WANT, vector.length).varint(stream).raw(vector));
  }

  Progress.Flow progress() {
    return new Progress.Flow(until, end, chunks, bytes, rows, upToDate);
  }
}
