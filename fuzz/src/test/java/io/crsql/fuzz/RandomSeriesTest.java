package io.crsql.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link MergeFuzzTest} checks, with series of few words, so that changes meet in the same
 * rows, columns and versions. {@code -Dcrsql.series=N} says how many, {@code -Dcrsql.seed=N} with
 * which to begin.
 */
class RandomSeriesTest {
  /** Each table with its keys, and the cids of the columns that it has. */
  private static final String[][] TABLES = {
    {"tt", "t'a' t'A' t'1' i1 r1.0", "i1 i2 tb t1@3 t2@3 tc@3 i9 tnew tnew@3"},
    {"tn", "i1 i2 t'1' r1.0 t'x'", "i1 i2 tv t1@3 tw@3 i9 tnew"},
    {"tc", "t1|'a' t1.0|'A' t'1'|'a' t1|'A'", "i2 t2@3 i9 tnew"},
    {"tnc", "t'a' t'A' t'b'", "i1 t1@3 i9 tnew tnew@3"},
    {"tst", "t1|'a' t1.0|'a' t1|1 t1|1.0 t'x'|1", "i2 i3 t2@3"},
    {"tko", "i1 r1.0 t'a' r-0.0 r0.0", "i-2 i-2 i9 i2 tnew@3"},
    {"tck", "i1 i2", "i1 i2 t1@3 t2@3"},
    {"tl", "i1 r1.0 t-0.0 t'1'", "i1 t1@3 td td@3"},
    {"tlater", "i1 r1.0 t'x' t1|2", "i1 t1@3 tb i-2"},
  };

  private static final String VALUES =
      "- i0 i1 i2 i2 i3 i4 i13 r1.0 t'x' tX'00' t0.5 r-0.0 t'1' t'open";
  private static final String SITES = "ss sq - sq ss";
  private static final int LONGEST = 16;
  private static final int GREATEST_VERSION = 12;
  private static final int ACTIONS = 27;

  @TempDir private static Path folder;

  private Path one;
  private Path two;

  @Test
  void series_areTakenOrRefusedAndConverge() {
    one = Replica.template(folder, "one");
    two = Replica.template(folder, "two");
    long seed = Long.getLong("crsql.seed", 1);
    long end = seed + Long.getLong("crsql.series", 50);
    for (; seed < end; seed++) {
      List<String> series = series(new Random(seed));
      AssertionError failure = failure(series);
      if (failure != null) {
        List<String> shrunk = shrink(series);
        String shown = String.join("\n", shrunk);
        throw new AssertionError("seed " + seed + ":\n" + shown, failure(shrunk));
      }
    }
  }

  private AssertionError failure(List<String> series) {
    try {
      byte[] input = (String.join("\n", series) + "\n").getBytes(StandardCharsets.ISO_8859_1);
      MergeFuzzTest.check(input, one, two);
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }

  /** Without every line that the failure does not need. */
  private List<String> shrink(List<String> series) {
    List<String> shrunk = series;
    for (int i = 0; i < shrunk.size(); i++) {
      List<String> shorter = new ArrayList<>(shrunk);
      shorter.remove(i);
      if (failure(shorter) != null) {
        shrunk = shorter;
        i = -1;
      }
    }
    return shrunk;
  }

  private static List<String> series(Random random) {
    String[] only = random.nextBoolean() ? TABLES[random.nextInt(TABLES.length)] : null;
    boolean acts = random.nextInt(3) == 0;
    List<String> series = new ArrayList<>();
    int length = 2 + random.nextInt(LONGEST - 2);
    while (series.size() < length) {
      if (acts && random.nextInt(4) == 0) {
        series.add("!" + (char) ('a' + random.nextInt(ACTIONS)));
      } else {
        series.add(change(random, only == null ? TABLES[random.nextInt(TABLES.length)] : only));
      }
    }
    return series;
  }

  private static String change(Random random, String[] table) {
    boolean deletion = random.nextInt(4) == 0;
    return String.join(
        "\t",
        table[0],
        word(random, table[1]),
        deletion ? "i-1" : word(random, table[2]),
        word(random, VALUES),
        "i" + (1 + random.nextInt(GREATEST_VERSION)),
        word(random, SITES));
  }

  private static String word(Random random, String words) {
    String[] all = words.split(" ");
    return all[random.nextInt(all.length)];
  }
}
