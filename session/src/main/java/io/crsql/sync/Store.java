package io.crsql.sync;

import java.util.List;

/**
 * The database that a {@link SyncSession} speaks for. Sites, vectors and changesets are blobs of
 * the formats in docs/changeset-format.md; a session looks into none of them.
 *
 * <p>Whoever runs a session may apply several changesets in one transaction, as long as it commits
 * before it sends on what the session has put out. All methods but {@link #apply} tell of what is
 * committed, and are not called while such a transaction is open.
 *
 * <p>All methods throw {@link StoreException} if the database cannot do it.
 */
public interface Store {
  /** The database's site: 16 bytes, all zero as long as it has no replicated tables. */
  byte[] site();

  /**
   * 16 bytes that are equal where the replicated tables and their columns have the same names; all
   * zero if there are none.
   */
  byte[] schema();

  /**
   * Another number whenever the schema has changed: what the database holds may have become less,
   * although {@link #schema} is as before, if it has dropped a table and made it again.
   */
  long schemaVersion();

  /** What the database holds: its version vector. */
  byte[] vector();

  /** The database's clock, which grows with each write and merge. */
  long clock();

  /**
   * The first changesets of the stream that a receiver lacks, at least one.
   *
   * @param since the receiver's vector
   * @param maxBytes the size, in bytes, at which a changeset is cut
   * @param maxChunks how many at most, at least 1; fewer if they have {@code maxBytes} times as
   *     many bytes before, since one may be larger
   */
  List<Chunk> changesets(byte[] since, int maxBytes, int maxChunks);

  /** The vector of a receiver that held {@code vector} and then applied the changeset. */
  byte[] after(byte[] vector, byte[] changeset);

  /** What the sender of a changeset is known to hold, if it held {@code vector} before. */
  byte[] ofSender(byte[] vector, byte[] changeset);

  /**
   * Merges a changeset, all of it or nothing.
   *
   * @return how many of its rows were not known to be here
   * @throws StoreException {@link StoreException#isRefusal()} if the changeset itself is the
   *     reason: malformed, or building on what is not here
   */
  long apply(byte[] changeset);

  /**
   * A changeset of a stream.
   *
   * @param changeset its bytes, which nobody changes
   * @param last whether the receiver then has everything
   * @param until the sender's clock up to which the receiver then has all
   * @param rows how many rows it has
   */
  record Chunk(byte[] changeset, boolean last, long until, long rows) {}
}
