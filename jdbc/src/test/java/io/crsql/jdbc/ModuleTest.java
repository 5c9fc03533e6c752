package io.crsql.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module, and finds the compiled extension in the module that it requires. */
class ModuleTest {
  private static final String PROGRAM =
      """
      package app;

      import io.crsql.jdbc.Replica;
      import java.sql.Connection;
      import java.sql.DriverManager;

      class Program {
        public static void main(String[] args) throws Exception {
          try (Connection connection = DriverManager.getConnection("jdbc:crsql::memory:")) {
            connection.createStatement().execute("CREATE TABLE t(a PRIMARY KEY)");
            Replica.of(connection).asCrr("t");
            System.out.println(Replica.class.getModule() + " " + Replica.of(connection).clock());
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void module_thatRequiresIt_compilesAndRuns() throws Exception {
    Path sources = Files.createDirectories(folder.resolve("src/app"));
    Path program = Files.writeString(sources.resolve("Program.java"), PROGRAM);
    Path info =
        Files.writeString(
            folder.resolve("src/module-info.java"), "module app { requires io.crsql.jdbc; }");
    Path classes = folder.resolve("classes");
    String modules = classPath("jdbc/target/classes", "sqlite-jdbc", "slf4j-api");
    int failed =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--module-path",
                modules,
                "-Werror",
                "-Xlint:all",
                "-d",
                classes.toString(),
                program.toString(),
                info.toString());
    assertThat(failed).isZero();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(
            output(
                java,
                "--module-path",
                modules + File.pathSeparator + classes,
                "--module",
                "app/app.Program"))
        .endsWith("module io.crsql.jdbc 0\n");
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** The entries of this test's class path that have one of the names in theirs. */
  private static String classPath(String... names) {
    String all = System.getProperty("java.class.path");
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> List.of(names).stream().anyMatch(entry.replace('\\', '/')::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
