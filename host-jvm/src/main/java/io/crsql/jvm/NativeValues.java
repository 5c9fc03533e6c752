package io.crsql.jvm;

import io.crsql.sqlite.Values;

/** Values that can be copied within SQLite: each has an {@code sqlite3_value} of its own. */
interface NativeValues extends Values {
  /** The address of value {@code i}, for {@code sqlite3_bind_value} and its like only. */
  long address(int i);
}
