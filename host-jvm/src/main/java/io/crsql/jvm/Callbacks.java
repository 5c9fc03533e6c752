package io.crsql.jvm;

import com.sun.jna.Callback;

/** The shapes of a virtual table's methods, by what they take after the object itself. */
final class Callbacks {
  private Callbacks() {}

  /** Nothing. */
  interface Plain extends Callback {
    int invoke(long self);
  }

  /** A number: a savepoint. */
  interface WithInt extends Callback {
    int invoke(long self, int number);
  }

  /** An object, or a place for a result. */
  interface WithPointer extends Callback {
    int invoke(long self, long other);
  }

  /** {@code xConnect}. */
  interface Connect extends Callback {
    int invoke(long db, long handle, int argc, long argv, long vtabOut, long messageOut);
  }

  /** {@code xUpdate}. */
  interface Update extends Callback {
    int invoke(long vtab, int argc, long argv, long rowidOut);
  }

  /** {@code xFilter}. */
  interface Filter extends Callback {
    int invoke(long cursor, int plan, long planText, int argc, long argv);
  }

  /** {@code xColumn}. */
  interface Column extends Callback {
    int invoke(long cursor, long context, int column);
  }
}
