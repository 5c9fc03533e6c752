package io.crsql.jvm;

import java.util.Arrays;

/**
 * The Java objects that native memory refers to, by number. One table for the whole process lets
 * one static set of callbacks serve every connection: a JNA callback per object would be slower to
 * make and would leak.
 *
 * <p>Reading takes no lock: whoever holds a number got it from {@link #put}, and every array
 * published since then has the object at that place.
 */
final class Handles {
  private static volatile Object[] objects = new Object[256];
  private static int[] free = new int[256];
  private static int freeCount;
  private static int used = 1;

  private Handles() {}

  /** Keeps {@code object} and gives its number, never 0. */
  static synchronized int put(Object object) {
    int handle = freeCount > 0 ? free[--freeCount] : used++;
    Object[] current = objects;
    if (handle >= current.length) {
      current = Arrays.copyOf(current, current.length * 2);
    }
    current[handle] = object;
    objects = current;
    return handle;
  }

  static Object get(long handle) {
    return objects[(int) handle];
  }

  static synchronized void remove(long handle) {
    objects[(int) handle] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = (int) handle;
  }

  /** How many objects are kept: tests look at it for leaks. */
  static synchronized int size() {
    return used - 1 - freeCount;
  }
}
