package io.crsql.host.nativ;

import io.crsql.sqlite.Values;
import org.teavm.interop.Address;

/** Values that SQLite can copy by itself. */
abstract class ValueSource implements Values {
  /** The {@code sqlite3_value} of value {@code i}. */
  abstract Address value(int i);
}
