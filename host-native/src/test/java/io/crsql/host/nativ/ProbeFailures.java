package io.crsql.host.nativ;

import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.List;

/** One of each kind of exception. */
final class ProbeFailures {
  private static final int MEGABYTE = 1 << 20;

  private final Object text = "text";
  private final int[] three = new int[3];

  void call(String failure, Values args) {
    long n = args.count() > 1 ? args.getLong(1) : 0;
    switch (failure) {
      case "sqlite" -> throw new SqliteException((int) n, args.getText(2));
      case "checked text" -> throw new IllegalStateException("d\u00e9j\u00e0 vu \u20ac");
      case "npe" -> (args.count() > 9 ? text : null).hashCode();
      case "index" -> three[(int) n]++;
      case "argument" -> args.getLong((int) n);
      case "substring" -> "abc".substring((int) n);
      case "cast" -> ((Integer) text).intValue();
      case "negative length" -> three[0] = new int[(int) n].length;
      case "memory" -> fill();
      default -> throw new IllegalArgumentException("no operation " + failure);
    }
  }

  private static void fill() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[MEGABYTE]);
    }
  }
}
