package io.crsql.server;

import io.crsql.sync.StoreException;

/** How many databases may be open. Thread-safe. */
final class OpenSlots {
  private final int most;
  private final Runnable wanted;
  private int taken;

  /** When there are not enough, {@code wanted} is told so that it can look for some. */
  OpenSlots(int most, Runnable wanted) {
    this.most = most;
    this.wanted = wanted;
  }

  void take() {
    synchronized (this) {
      if (taken < most) {
        taken++;
        return;
      }
    }
    wanted.run();
    throw StoreException.unavailable(
        "the server has " + most + " databases open, as many as it may; try again later", null);
  }

  synchronized void give() {
    taken--;
  }

  synchronized int taken() {
    return taken;
  }
}
