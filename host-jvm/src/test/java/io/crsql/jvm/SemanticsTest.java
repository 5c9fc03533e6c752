package io.crsql.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests that docs/semantics.md names are there. */
class SemanticsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w*)`");

  @Test
  void everyTestThatTheDocumentNames_isThere() throws IOException {
    Map<String, String> sources = sources();
    Matcher named = NAMED.matcher(Files.readString(ROOT.resolve("docs/semantics.md")));
    List<String> missing = new ArrayList<>();
    int found = 0;
    while (named.find()) {
      String source = sources.get(named.group(1));
      String method = named.group(2);
      if (source == null || (!method.isEmpty() && !source.contains("void " + method + "("))) {
        missing.add(named.group());
      }
      found++;
    }
    assertThat(missing).isEmpty();
    assertThat(found).isGreaterThan(90);
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : (Iterable<Path>) files.filter(SemanticsTest::isTest)::iterator) {
        String name = file.getFileName().toString();
        sources.merge(
            name.substring(0, name.length() - ".java".length()),
            Files.readString(file),
            String::concat);
      }
    }
    return sources;
  }

  private static boolean isTest(Path file) {
    return file.toString().endsWith("Test.java") && !file.toString().contains("target");
  }
}
