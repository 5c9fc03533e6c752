package io.crsql.bench.hub;

import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** The time at which a row was written, in the row itself: found in any changeset it comes in. */
final class Mark {
  private static final byte[] HEAD = "written:".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 19;

  private Mark() {}

  /** The value that tells now, of System.nanoTime(). */
  static String now() {
    return String.format("written:%0" + DIGITS + "d", System.nanoTime());
  }

  /** Gives the nanoseconds since each of a changeset's rows was written. */
  static void ages(byte[] changeset, long now, LongConsumer to) {
    for (int i = 0; i + HEAD.length + DIGITS <= changeset.length; i++) {
      if (isHere(changeset, i)) {
        int from = i + HEAD.length;
        String digits = new String(changeset, from, DIGITS, StandardCharsets.US_ASCII);
        to.accept(now - Long.parseLong(digits));
        i = from + DIGITS - 1;
      }
    }
  }

  private static boolean isHere(byte[] bytes, int at) {
    for (int i = 0; i < HEAD.length; i++) {
      if (bytes[at + i] != HEAD[i]) {
        return false;
      }
    }
    return true;
  }
}
