package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documentation of what is public: it is there, well-formed, and its links lead somewhere. */
class JavadocTest {
  private static final Path SOURCES = Path.of("src/main/java");

  @TempDir Path folder;

  @Test
  void javadoc_hasNothingToSay() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-quiet",
                // a tag for each parameter and exception would repeat the sentences
                "-Xdoclint:all,-missing",
                "-Werror",
                "--module-path",
                libraries(),
                "-d",
                folder.toString()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider.findFirst("javadoc").orElseThrow().run(out, out, arguments.toArray(String[]::new));
    assertThat(said.toString()).isEmpty();
    assertThat(folder.resolve("io.crsql.jdbc/io/crsql/jdbc/Replica.html")).isNotEmptyFile();
  }

  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.matches(".*(sqlite-jdbc|slf4j-api|jspecify)-[0-9.]*\\.jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
