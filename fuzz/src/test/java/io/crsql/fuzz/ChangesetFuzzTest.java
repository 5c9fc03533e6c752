package io.crsql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.crsql.conformance.changeset.Encoding;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes as a changeset, with a check that fits: it is applied, or refused in a sentence and
 * without a trace; the file stays sound and writable; and what the database then sends makes
 * another one the same.
 */
class ChangesetFuzzTest {
  @TempDir private static Path folder;

  private static Path one;
  private static Path two;

  @BeforeAll
  static void makeTemplates() {
    one = Replica.template(folder, "one");
    two = Replica.template(folder, "two");
  }

  @FuzzTest(maxDuration = "10m")
  @DictionaryFile(resourcePath = "changeset.dict")
  void changeset(byte[] input) {
    try (Replica here = Replica.of(one, "here");
        Replica there = Replica.of(two, "there")) {
      if (here.apply(Encoding.checked(input)) == null) {
        return;
      }
      here.isVerified();
      if (there.sync(here)) {
        assertThat(there.everything()).isEqualTo(here.everything());
      }
      here.isSound();
      there.isSound();
    }
  }
}
