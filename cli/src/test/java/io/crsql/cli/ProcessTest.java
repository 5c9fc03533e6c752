package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own: exit code, streams, and the shell that it starts. */
class ProcessTest {
  @TempDir Path folder;

  private Ran run(String... args) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dcrsql.library=" + System.getProperty("crsql.library"),
                Main.class.getName()));
    command.addAll(Arrays.asList(args));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int code = process.waitFor();
    return new Ran(code, Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void failure_isOneLineAndExitCode1() throws IOException, InterruptedException {
    assertThat(run("changes", "none.db"))
        .isEqualTo(new Ran(1, "", "crsql: none.db: no such file\n"));
  }

  @Test
  void demo_isSilentOnStandardError() throws IOException, InterruptedException {
    Ran ran = run("demo");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("The three fingerprints are equal");
  }

  @Test
  void shell_hasTheExtension() throws IOException, InterruptedException {
    assumeTrue(hasSqlite3(), "sqlite3 is not installed");
    Ran ran =
        run(
            "shell",
            "-bail",
            "app.db",
            "CREATE TABLE t(id PRIMARY KEY, x); SELECT crsql_as_crr('t');"
                + " INSERT INTO t VALUES(1, 'é'); SELECT \"table\", pk, val FROM crsql_changes;");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out().lines()).endsWith("t|1|'é'");
    assertThat(run("changes", "app.db").out()).contains("'é'");
  }

  @Test
  void shell_exitCode_isPassedOn() throws IOException, InterruptedException {
    assumeTrue(hasSqlite3(), "sqlite3 is not installed");
    assertThat(run("shell", ":memory:", ".exit 7").code()).isEqualTo(7);
  }

  private static boolean hasSqlite3() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "sqlite3")));
  }
}
