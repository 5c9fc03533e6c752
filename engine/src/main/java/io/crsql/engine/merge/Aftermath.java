package io.crsql.engine.merge;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import java.util.Arrays;

/**
 * What the user's triggers did to the very row that a merge has written: the difference between the
 * row as it is and as the merge alone would have left it. It is captured as a local write, after
 * the merged one.
 */
final class Aftermath {
  private final Log log;
  private final Crr crr;
  private final Transaction transaction;
  private final Readback readback;
  private final Value[] key;
  private final Value[] expected;

  /**
   * Expects a row as the merge alone will leave it.
   *
   * @param expected its values by slot, null in the place of a constant default; null if there will
   *     be no row
   */
  Aftermath(Log log, Transaction transaction, Readback readback, Value[] key, Value[] expected) {
    this.log = log;
    this.crr = log.crr;
    this.transaction = transaction;
    this.readback = readback;
    this.key = key;
    this.expected = expected;
  }

  /** Captures the difference. */
  void capture() {
    Value[] found =
        readback.compare(Key.of(key), expected == null ? new Value[crr.slots()] : expected);
    if (found == null) {
      if (expected != null && log.held().find(Key.of(key)) == null) {
        log.appendLocal(transaction.tick(crr.id, 1), Key.of(key), 0, 0);
      }
      return;
    }
    Key spelled = Key.of(Arrays.copyOf(found, crr.keyColumns()));
    long base = 0;
    for (int group = 0; group < crr.groups(); group++) {
      long cols = expected == null ? crr.fullMask(group) : differing(found, group);
      if (cols != 0) {
        base = base == 0 ? transaction.tick(crr.id, crr.ticks) : base;
        log.appendLocal(base + (long) group * Crr.GROUP, spelled, cols, group);
      }
    }
  }

  private long differing(Value[] found, int group) {
    long cols = 0;
    for (int bit = 0; bit < Crr.GROUP; bit++) {
      int slot = group * Crr.GROUP + bit;
      if (crr.column(slot) != null && found[crr.keyColumns() + crr.ordinal(slot)].integer() != 0) {
        cols |= 1L << bit;
      }
    }
    return cols;
  }
}
