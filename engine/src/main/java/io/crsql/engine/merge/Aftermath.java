package io.crsql.engine.merge;

import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
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
  private final Change change;
  private final Value[] expected;

  /** Looks at the row before the merge writes it. */
  Aftermath(Log log, Transaction transaction, Readback readback, Change change, Row row) {
    this.log = log;
    this.crr = log.crr;
    this.transaction = transaction;
    this.readback = readback;
    this.change = change;
    boolean stays = row.alive() && change.life() == row.life();
    Value[] before = stays ? readback.read(Key.of(change.key())) : null;
    this.expected = before == null ? new Value[crr.slots()] : before;
    if (!change.isDeletion() && crr.column(change.slot()) != null) {
      expected[change.slot()] = change.value();
    }
  }

  /** Captures the difference. */
  void capture() {
    Value[] found = readback.compare(Key.of(change.key()), expected);
    if (found == null) {
      if (!change.isDeletion()) {
        log.appendLocal(transaction.tick(crr.id, 1), Key.of(change.key()), 0, 0);
      }
      return;
    }
    Key key = Key.of(Arrays.copyOf(found, crr.keyColumns()));
    long base = 0;
    for (int group = 0; group < crr.groups(); group++) {
      long cols = change.isDeletion() ? crr.fullMask(group) : differing(found, group);
      if (cols != 0) {
        base = base == 0 ? transaction.tick(crr.id, crr.ticks) : base;
        log.appendLocal(base + (long) group * Crr.GROUP, key, cols, group);
      }
    }
  }

  private long differing(Value[] found, int group) {
    long cols = 0;
    for (int bit = 0; bit < Crr.GROUP; bit++) {
      int slot = group * Crr.GROUP + bit;
      if (slot < expected.length && found[crr.keyColumns() + slot].integer() != 0) {
        cols |= 1L << bit;
      }
    }
    return cols;
  }
}
