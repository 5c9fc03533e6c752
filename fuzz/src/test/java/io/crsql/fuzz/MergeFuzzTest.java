package io.crsql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any series of changes and writes of one's own: each change is merged or refused in a sentence and
 * without a trace, the file stays sound and writable, and a second database, which got the same
 * changes in the opposite order, converges with the first.
 */
class MergeFuzzTest {
  private static final int CHECKED_LENGTH = 400;

  @TempDir private static Path folder;

  private static Path one;
  private static Path two;

  @BeforeAll
  static void makeTemplates() {
    one = Replica.template(folder, "one");
    two = Replica.template(folder, "two");
  }

  @FuzzTest(maxDuration = "10m")
  @DictionaryFile(resourcePath = "merge.dict")
  void merge(byte[] input) {
    check(input, one, two);
  }

  /** Lets copies of two databases take a series. */
  static void check(byte[] input, Path one, Path two) {
    List<Operation> series = honest(Operation.read(input));
    boolean checked = input.length < CHECKED_LENGTH && input.length % 2 == 1;
    try (Replica here = Replica.of(one, "here");
        Replica there = Replica.of(two, "there")) {
      for (Operation operation : series) {
        here.apply(operation, checked);
      }
      here.endTransaction();
      Collections.reverse(series);
      for (Operation operation : series) {
        if (operation.isChange()) {
          there.offer(operation.fields());
        }
      }
      converge(here, there);
      here.isSound();
      there.isSound();
    }
  }

  /**
   * Without what no rules can make converge: two different writes under one stamp. A repetition
   * stays.
   */
  private static List<Operation> honest(List<Operation> series) {
    Map<List<Object>, String> writes = new HashMap<>();
    List<Operation> honest = new ArrayList<>();
    for (Operation operation : series) {
      if (operation.isChange()) {
        List<Object> stamp = new ArrayList<>();
        stamp.add(operation.fields()[Operation.SITE]);
        stamp.add(operation.fields()[Operation.VERSION]);
        String first = writes.putIfAbsent(stamp, operation.line());
        if (first != null && !first.equals(operation.line())) {
          continue;
        }
      }
      honest.add(operation);
    }
    return honest;
  }

  private static void converge(Replica here, Replica there) {
    boolean all = true;
    for (int round = 0; round < 2; round++) {
      all &= there.pull(here);
      all &= here.pull(there);
    }
    if (all) {
      assertThat(there.everything()).isEqualTo(here.everything());
    }
  }
}
