package io.crsql.host.web;

import java.util.Arrays;

/** Objects that SQLite refers to, by a number that is reused once released. */
final class Handles {
  private static Object[] objects = new Object[64];

  /** At a free place the next free place + 1, or 0 at the end of that list. */
  private static int[] nextFree = new int[64];

  private static int firstFree;
  private static int used;

  private Handles() {}

  static int add(Object object) {
    int handle;
    if (firstFree > 0) {
      handle = firstFree - 1;
      firstFree = nextFree[handle];
    } else {
      if (used == objects.length) {
        objects = Arrays.copyOf(objects, 2 * used);
        nextFree = Arrays.copyOf(nextFree, 2 * used);
      }
      handle = used++;
    }
    objects[handle] = object;
    return handle;
  }

  static Object get(int handle) {
    return objects[handle];
  }

  static void release(int handle) {
    objects[handle] = null;
    nextFree[handle] = firstFree;
    firstFree = handle + 1;
  }
}
