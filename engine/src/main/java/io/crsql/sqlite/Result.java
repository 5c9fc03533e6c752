package io.crsql.sqlite;

/** Where a scalar function or a column of a virtual table puts its value. NULL until one is set. */
public interface Result {
  /** Sets NULL. */
  void setNull();

  /** Sets an integer. */
  void setLong(long value);

  /** Sets a double; NaN becomes NULL. */
  void setDouble(double value);

  /** Sets text. */
  void setText(String value);

  /** Sets text from its UTF-8 bytes, which need not be valid. */
  default void setTextBytes(byte[] utf8) {
    setTextBytes(utf8, utf8.length);
  }

  /** Sets text from the first bytes of an array, in UTF-8, which need not be valid. */
  void setTextBytes(byte[] utf8, int length);

  /** Sets a blob; NULL if it is null. */
  default void setBlob(byte[] value) {
    if (value == null) {
      setNull();
    } else {
      setBlob(value, value.length);
    }
  }

  /** Sets a blob of the first bytes of an array. */
  void setBlob(byte[] value, int length);

  /** Copies value {@code i} of {@code from}, exactly and without making Java objects of it. */
  void setValue(Values from, int i);
}
