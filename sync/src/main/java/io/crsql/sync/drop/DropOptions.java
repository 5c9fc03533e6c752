package io.crsql.sync.drop;

import io.crsql.sync.Access;

/**
 * How a {@link FileDrop} behaves.
 *
 * @param access whether to receive, send or do both
 * @param segmentBytes the size, in bytes, at which segments are cut
 * @param maxBytes the largest file that is read or written, in bytes; it bounds what is held in
 *     memory
 */
public record DropOptions(Access access, int segmentBytes, int maxBytes) {
  /** Both, with segments of a megabyte and files of 64 at most. */
  public static final DropOptions DEFAULT = new DropOptions(Access.FULL, 1 << 20, 64 << 20);

  /** Checks the ranges. */
  public DropOptions {
    if (segmentBytes < 1 || maxBytes < segmentBytes || access.equals(Access.NONE)) {
      throw new IllegalArgumentException(
          access + ", segments of " + segmentBytes + " and files of " + maxBytes + " bytes");
    }
  }

  /** The same with another access. */
  public DropOptions withAccess(Access access) {
    return new DropOptions(access, segmentBytes, maxBytes);
  }

  /** The same with other sizes. */
  public DropOptions withSizes(int segmentBytes, int maxBytes) {
    return new DropOptions(access, segmentBytes, maxBytes);
  }
}
