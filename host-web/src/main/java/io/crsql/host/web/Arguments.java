package io.crsql.host.web;

/** The arguments of a callback: part of an array of {@code sqlite3_value *}. */
final class Arguments extends ValueSource {
  private int values;
  private int count;

  void set(int array, int offset, int length) {
    values = array + 4 * offset;
    count = length;
  }

  void clear() {
    values = 0;
    count = 0;
  }

  @Override
  int value(int i) {
    if (i < 0 || i >= count) {
      throw new IndexOutOfBoundsException("no argument " + i);
    }
    return Heap.getInt(values + 4 * i);
  }

  @Override
  public int count() {
    return count;
  }
}
