package io.crsql.engine.changes;

/**
 * What has become of log entries that are not what they say: an open-addressing hash table from
 * {@code at}, which is never 0, to the columns that are left.
 */
final class Fates {
  /** The entry is superseded altogether. */
  static final long GONE = -1;

  private long[] table = new long[2 * 16];
  private int size;
  private int found;

  /** Notes the fate of an entry. */
  void put(long at, long cols) {
    if (size * 2 >= table.length / 2) {
      grow();
    }
    int i = place(table, at);
    size += table[i] == 0 ? 1 : 0;
    table[i] = at;
    table[i + 1] = cols;
  }

  /** Looks an entry up; {@link #cols()} then speaks of it. */
  boolean find(long at) {
    found = place(table, at);
    return table[found] == at;
  }

  /** The columns that are left, {@link #GONE} if the entry is superseded altogether. */
  long cols() {
    return table[found + 1];
  }

  private void grow() {
    long[] bigger = new long[table.length * 2];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0) {
        System.arraycopy(table, i, bigger, place(bigger, table[i]), 2);
      }
    }
    table = bigger;
  }

  private static int place(long[] table, long at) {
    int slots = table.length / 2;
    long mixed = at * 0x9E3779B97F4A7C15L;
    int i = (int) (mixed >>> 33) & (slots - 1);
    while (table[2 * i] != 0 && table[2 * i] != at) {
      i = i + 1 & slots - 1;
    }
    return 2 * i;
  }
}
