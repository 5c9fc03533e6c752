package io.crsql.sync.drop;

import java.util.HexFormat;

/**
 * A changeset's bytes as those of a file. Only what every changeset begins and ends with is read.
 */
final class Segment {
  private static final HexFormat HEX = HexFormat.of();
  private static final int FLAGS = 5;
  private static final int SENDER = 6;
  private static final int ID_BYTES = 16;

  /** The least that a changeset has. */
  static final int LEAST_BYTES = SENDER + 2 * ID_BYTES;

  private Segment() {}

  /** The name that the file has whose writer's number is {@code counter}. */
  static SegmentName name(long counter, byte[] changeset) {
    int check = changeset.length - ID_BYTES;
    return new SegmentName(
        counter,
        HEX.formatHex(changeset, SENDER, SENDER + ID_BYTES),
        HEX.formatHex(changeset, check, changeset.length));
  }

  /** Whether it ends a stream, so that it moves versions. */
  static boolean isLast(byte[] changeset) {
    return (changeset[FLAGS] & 1) != 0;
  }
}
