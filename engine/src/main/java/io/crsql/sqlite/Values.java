package io.crsql.sqlite;

/**
 * A row of SQLite values, indexed from 0: the arguments of a callback, or the columns of a {@link
 * Stmt} that stands on a row.
 */
public interface Values {
  /** How many values there are. */
  int count();

  /**
   * The storage class of value {@code i}, one of {@link ValueType}. Call it before a getter that
   * converts.
   */
  int type(int i);

  /** Value {@code i} as an integer, converted as SQLite's CAST does. */
  long getLong(int i);

  /** Value {@code i} as a double, converted as SQLite's CAST does. */
  double getDouble(int i);

  /** Value {@code i} as text, or null if it is NULL. Invalid sequences become U+FFFD. */
  String getText(int i);

  /**
   * The exact bytes of value {@code i}: of a blob as they are, of text in UTF-8 whatever the
   * database's encoding, valid or not; null if it is NULL, empty if it is empty.
   */
  byte[] getBytes(int i);

  /**
   * Copies the same bytes into an array, if it has room for all of them there, and makes no object.
   *
   * @param at where in the array the first goes
   * @return how many they are, whether there was room or not
   */
  default int copyBytes(int i, byte[] to, int at) {
    byte[] bytes = getBytes(i);
    if (bytes.length <= to.length - at) {
      System.arraycopy(bytes, 0, to, at, bytes.length);
    }
    return bytes.length;
  }
}
