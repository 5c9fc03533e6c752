package io.crsql.jvm;

import com.sun.jna.Native;

/** What {@link Sqlite} cannot bind, since SQLite has it only from 3.39 on. */
final class DatabaseNames {
  /** The first version that has it; with an older one the class cannot be loaded. */
  static final int SINCE = 3_039_000;

  static {
    Native.register(DatabaseNames.class, "sqlite3");
  }

  private DatabaseNames() {}

  /** The address of the name of database {@code i}, 0 past the last. */
  static native long sqlite3_db_name(long db, int i);
}
