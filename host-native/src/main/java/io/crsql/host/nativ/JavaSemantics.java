package io.crsql.host.nativ;

/**
 * Operations that TeaVM's C backend emits as C's own, where C leaves open, or makes fatal, what
 * Java defines. The build replaces the operations by calls to these ({@code
 * JavaSemanticsTransformer}), in all classes but this one.
 */
final class JavaSemantics {
  /** No array may be larger: the allocator counts bytes in an int. */
  private static final long LARGEST_ARRAY = 1L << 30;

  private static final double INT_LIMIT = 0x1p31;
  private static final double LONG_LIMIT = 0x1p63;

  private JavaSemantics() {}

  static int divide(int a, int b) {
    if (b == 0) {
      throw divisionByZero();
    }
    return b == -1 ? -a : a / b;
  }

  static long divide(long a, long b) {
    if (b == 0) {
      throw divisionByZero();
    }
    return b == -1 ? -a : a / b;
  }

  static int remainder(int a, int b) {
    if (b == 0) {
      throw divisionByZero();
    }
    return b == -1 ? 0 : a % b;
  }

  static long remainder(long a, long b) {
    if (b == 0) {
      throw divisionByZero();
    }
    return b == -1 ? 0 : a % b;
  }

  private static ArithmeticException divisionByZero() {
    return new ArithmeticException("/ by zero");
  }

  static int toInt(double d) {
    if (d != d) {
      return 0;
    }
    if (d >= INT_LIMIT) {
      return Integer.MAX_VALUE;
    }
    return d <= -INT_LIMIT ? Integer.MIN_VALUE : (int) d;
  }

  static int toInt(float f) {
    return toInt((double) f);
  }

  static long toLong(double d) {
    if (d != d) {
      return 0;
    }
    if (d >= LONG_LIMIT) {
      return Long.MAX_VALUE;
    }
    return d <= -LONG_LIMIT ? Long.MIN_VALUE : (long) d;
  }

  static long toLong(float f) {
    return toLong((double) f);
  }

  /** Gives the length back if an array of so many items of so many bytes may be made. */
  static int arrayLength(int length, int itemBytes) {
    if (length < 0) {
      throw new NegativeArraySizeException(Integer.toString(length));
    }
    if ((long) length * itemBytes > LARGEST_ARRAY) {
      throw new OutOfMemoryError("array of " + length);
    }
    return length;
  }
}
