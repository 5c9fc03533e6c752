package io.crsql.host.nativ;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** Operations on numbers, in 32 and in 64 bits, whose operands the compiler cannot know. */
final class ProbeArithmetic {
  boolean call(String operation, Values args, Result result) {
    long a = args.count() > 1 ? args.getLong(1) : 0;
    long b = args.count() > 2 ? args.getLong(2) : 0;
    switch (operation) {
      case "int /" -> result.setLong((int) a / (int) b);
      case "long /" -> result.setLong(a / b);
      case "int %" -> result.setLong((int) a % (int) b);
      case "long %" -> result.setLong(a % b);
      case "int <<" -> result.setLong((int) a << (int) b);
      case "long <<" -> result.setLong(a << b);
      case "int >>" -> result.setLong((int) a >> (int) b);
      case "long >>" -> result.setLong(a >> b);
      case "int >>>" -> result.setLong((int) a >>> (int) b);
      case "long >>>" -> result.setLong(a >>> b);
      case "int +" -> result.setLong((int) a + (int) b);
      case "long +" -> result.setLong(a + b);
      case "int *" -> result.setLong((int) a * (int) b);
      case "long *" -> result.setLong(a * b);
      case "(int)" -> result.setLong((int) args.getDouble(1));
      case "(long)" -> result.setLong((long) args.getDouble(1));
      case "(int)(float)" -> result.setLong((int) (float) args.getDouble(1));
      default -> {
        return false;
      }
    }
    return true;
  }
}
