package io.crsql.jvm;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The addresses of Java callbacks as C functions.
 *
 * <p>JNA makes two kinds of them: one that calls the Java method by reflection, and one that calls
 * it directly. The fast one is made only for a callback that is passed to a directly mapped
 * function, so it is passed through one that gives its argument back.
 */
final class NativeFunctions {
  static {
    Native.register(NativeFunctions.class, Platform.C_LIBRARY_NAME);
  }

  private NativeFunctions() {}

  /** Gives {@code callback}'s address, valid for as long as the callback is reachable. */
  static long address(Callback callback) {
    return memmove(callback, 0, 0);
  }

  private static native long memmove(Callback to, long from, long count);
}
