package io.crsql.engine.changes;

import io.crsql.engine.merge.Change;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.value.Value;

/**
 * A change as it was received: sound in itself, of a table or column that need not be known here.
 *
 * @param table the name that it gives the table
 * @param crr the table; null if there is none
 * @param key the row's key
 * @param cid which column and life
 * @param life the causal length of the row with this change
 * @param value the cell's value; {@link Value#NULL} where there is none
 * @param version the version of the write
 * @param site the 16 bytes of the site that wrote it, not a copy
 */
public record Received(
    String table,
    Crr crr,
    Value[] key,
    Cid cid,
    long life,
    Value value,
    long version,
    byte[] site) {
  private static final int UNKNOWN = -1;

  /** The change to a table that is there. */
  Change change() {
    if (cid.number() == Cid.DELETION) {
      return Change.deletion(crr, key, life, version, site);
    }
    int slot = slot();
    return slot == UNKNOWN
        ? Change.unknown(crr, key, life, version, site)
        : Change.cell(crr, key, slot, life, value, version, site);
  }

  private int slot() {
    if (cid.number() == Cid.EXISTENCE) {
      return crr.existenceMark() ? 0 : UNKNOWN;
    }
    Column column = cid.column(crr);
    return column == null ? UNKNOWN : column.slot;
  }
}
