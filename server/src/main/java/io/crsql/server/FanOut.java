package io.crsql.server;

import io.crsql.sync.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The store that all sessions of a database share. What they all ask after a commit is asked of the
 * database once.
 *
 * <p>The changesets that are shared are those for one who holds the <em>base</em>: what the hub
 * itself held when changesets were shared before. A changeset says by itself what its receiver must
 * hold, and {@code crsql_vector_after} tells whether a vector does. If it does, the changeset is
 * right for that vector too: what was left out of it, its receiver holds. At worst a receiver gets
 * what it has already, so one that has just sent changes of its own is given changesets made for
 * it.
 */
final class FanOut implements Store {
  /** More are not kept in memory for all. */
  private static final int SHARED_CHUNKS = 8;

  /** How much is kept of what was shared before, for those who are somewhat behind. */
  private static final int PAST = 8;

  private static final long PAST_BYTES = 512 << 10;

  private final Supplier<OpenDatabase> database;
  private final ToLongFunction<byte[]> apply;
  private final int chunkBytes;
  private final Metrics metrics;

  /** The vectors, by identity, of those who have sent changes since they were last sent any. */
  private final Set<byte[]> senders = Collections.newSetFromMap(new WeakHashMap<>());

  private byte[] base;

  /** What was shared before, the latest first: each is for one who holds the one before. */
  private final Deque<Shared> past = new ArrayDeque<>();

  private Shared shared;
  private byte[] site;
  private byte[] schema;
  private Long schemaVersion;
  private byte[] vector;
  private Long clock;
  private After last = new After(null, null, null);

  /** Changesets for the base, and what the hub held when they were made. */
  private record Shared(List<Chunk> chunks, byte[] vector) {
    boolean isWhole() {
      return chunks.get(chunks.size() - 1).last();
    }

    long bytes() {
      return chunks.stream().mapToLong(chunk -> chunk.changeset().length).sum();
    }

    boolean hasRows() {
      return chunks.stream().anyMatch(chunk -> chunk.rows() > 0);
    }
  }

  private record After(byte[] vector, byte[] changeset, byte[] result) {}

  FanOut(
      Supplier<OpenDatabase> database,
      ToLongFunction<byte[]> apply,
      int chunkBytes,
      Metrics metrics) {
    this.database = database;
    this.apply = apply;
    this.chunkBytes = chunkBytes;
    this.metrics = metrics;
  }

  /** The database has been written: all is asked anew. */
  void invalidate() {
    if (shared != null && shared.hasRows()) {
      // Whoever takes part holds that now. Without rows nothing is sent, and the base stays.
      base = shared.vector;
      if (shared.isWhole()) {
        past.addFirst(shared);
      } else {
        past.clear();
      }
      while (past.size() > PAST || past.stream().mapToLong(Shared::bytes).sum() > PAST_BYTES) {
        past.removeLast();
      }
    }
    shared = null;
    site = null;
    schema = null;
    schemaVersion = null;
    vector = null;
    clock = null;
  }

  /** Lets go what was kept for those who are behind; what was read before is shared no more. */
  void release() {
    invalidate();
    past.clear();
  }

  @Override
  public byte[] site() {
    site = site == null ? database.get().read.site() : site;
    return site.clone();
  }

  @Override
  public byte[] schema() {
    schema = schema == null ? database.get().read.schema() : schema;
    return schema.clone();
  }

  @Override
  public long schemaVersion() {
    schemaVersion = schemaVersion == null ? database.get().read.schemaVersion() : schemaVersion;
    return schemaVersion;
  }

  @Override
  public byte[] vector() {
    vector = vector == null ? database.get().read.vector() : vector;
    return vector;
  }

  @Override
  public long clock() {
    clock = clock == null ? database.get().read.clock() : clock;
    return clock;
  }

  @Override
  public List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks) {
    List<Chunk> fitting =
        maxBytes == chunkBytes && !senders.contains(since) ? fitting(since, maxChunks) : null;
    if (fitting != null) {
      metrics.shared.increment();
      return fitting;
    }
    metrics.queries.increment();
    return database.get().read.changesets(since, maxBytes, maxChunks);
  }

  /** What is shared now, with what was shared before as far as the receiver lacks it. */
  private List<Chunk> fitting(byte[] since, int maxChunks) {
    if (!shared().isWhole()) {
      return null;
    }
    List<Chunk> chunks = shared.chunks;
    Iterator<Shared> before = past.iterator();
    while (chunks.size() <= maxChunks) {
      if (fits(since, chunks)) {
        return chunks;
      } else if (!before.hasNext()) {
        return null;
      }
      List<Chunk> longer = new ArrayList<>(before.next().chunks);
      longer.addAll(chunks);
      chunks = longer;
    }
    return null;
  }

  private boolean fits(byte[] since, List<Chunk> chunks) {
    byte[] holds = since;
    for (Chunk chunk : chunks) {
      holds = after(holds, chunk.changeset());
      if (holds == null) {
        return false;
      }
    }
    return true;
  }

  private Shared shared() {
    if (shared == null) {
      // before the changesets are read, so that these reach it
      byte[] held = vector();
      base = base == null ? held : base;
      metrics.queries.increment();
      shared = new Shared(database.get().read.changesets(base, chunkBytes, SHARED_CHUNKS), held);
    }
    return shared;
  }

  /** The same is asked twice in a row: here whether a changeset fits, and then by the session. */
  @Override
  public byte[] after(byte[] since, byte[] changeset) {
    if (last.vector != since || last.changeset != changeset) {
      last = new After(since, changeset, database.get().read.after(since, changeset));
    }
    return last.result;
  }

  @Override
  public byte[] ofSender(byte[] since, byte[] changeset) {
    byte[] holds = database.get().read.ofSender(since, changeset);
    senders.add(holds);
    return holds;
  }

  @Override
  public long apply(byte[] changeset) {
    return apply.applyAsLong(changeset);
  }
}
