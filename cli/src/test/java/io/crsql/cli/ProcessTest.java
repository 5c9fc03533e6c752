package io.crsql.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crsql.server.CrsqlServer;
import io.crsql.server.ServerOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own: exit code, streams, and the shell that it starts. */
class ProcessTest {
  @TempDir Path folder;

  private Ran run(String... args) throws IOException, InterruptedException {
    String library = "-Dcrsql.library=" + System.getProperty("crsql.library");
    return run(Map.of(), List.of(library), args);
  }

  private Ran run(Map<String, String> environment, List<String> options, String... args)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command(options, args))
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Ran(code, Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
  }

  private static List<String> command(List<String> options, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(Main.class.getName());
    command.addAll(Arrays.asList(args));
    return command;
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

  @Test
  void commandsThatLookInside_onOneFile() throws SQLException, IOException, InterruptedException {
    Sql.run(
        folder.resolve("app.db"),
        "CREATE TABLE t(id PRIMARY KEY, x)",
        "SELECT crsql_as_crr('t')",
        "INSERT INTO t VALUES(-1, 'é')");
    Ran status = run("status", "app.db", "--json");
    assertThat(status.err()).isEmpty();
    assertThat(Json.object(status.out())).containsEntry("clock", 1L);
    assertThat(run("verify", "app.db")).isEqualTo(new Ran(0, "app.db: ok\n", ""));
    assertThat(run("explain", "app.db", "t", "-1", "x").out())
        .startsWith("t, row -1, column x: 'é'\n");
    Sql.run(folder.resolve("app.db"), "DROP TRIGGER t__crsql_insert");
    assertThat(run("verify", "app.db").code()).isEqualTo(1);
    Ran doctor = run("doctor", "app.db");
    assertThat(doctor.err()).isEmpty();
    assertThat(doctor.code()).isEqualTo(1);
    assertThat(doctor.out()).containsPattern("(?m)^problem +capture ");
  }

  @Test
  void sync_watching_isKilledAndNothingIsLost() throws Exception {
    String[] schema = {"CREATE TABLE t(id PRIMARY KEY, x)", "SELECT crsql_as_crr('t')"};
    Path app = Sql.run(folder.resolve("app.db"), schema);
    Path other = Sql.run(folder.resolve("other.db"), schema);
    Sql.run(other, "INSERT INTO t VALUES('other', 1)");
    Files.createDirectory(folder.resolve("drop"));
    assertThat(run("sync", "other.db", "drop").code()).isZero();
    Process watching =
        new ProcessBuilder(
                command(
                    List.of("-Dcrsql.library=" + System.getProperty("crsql.library")),
                    "sync",
                    "app.db",
                    "drop",
                    "--watch"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = watching.inputReader()) {
      assertThat(lines.readLine()).startsWith("app.db: 1 row received, 0 changesets sent, ");
      Sql.run(app, "INSERT INTO t VALUES('app', 1)");
      assertThat(lines.readLine()).endsWith("  0 rows received, 1 changeset sent");
      watching.destroyForcibly().waitFor();
    }
    Sql.run(app, "INSERT INTO t VALUES('app', 2) ON CONFLICT DO UPDATE SET x = 2");
    assertThat(run("sync", "app.db", "drop").err()).isEmpty();
    assertThat(run("sync", "other.db", "drop").out()).startsWith("other.db: 2 rows received");
    assertThat(Sql.rows(other, "SELECT id, x FROM t ORDER BY id"))
        .containsExactly("app|2", "other|1");
  }

  @Test
  void sync_tokenFromTheEnvironment() throws Exception {
    Path databases = Files.createDirectory(folder.resolve("hub"));
    Sql.run(
        databases.resolve("app.db"),
        "CREATE TABLE t(id PRIMARY KEY, x)",
        "SELECT crsql_as_crr('t')",
        "INSERT INTO t VALUES(1, 1)");
    Sql.run(folder.resolve("app.db"), "CREATE TABLE t(id PRIMARY KEY, x)");
    String library = "-Dcrsql.library=" + System.getProperty("crsql.library");
    try (CrsqlServer hub = CrsqlServer.start(ServerOptions.of(databases))) {
      Ran ran =
          run(
              Map.of("CRSQL_TOKEN", hub.newToken().orElseThrow()),
              List.of(library),
              "sync",
              "app.db",
              hub.syncUrl("app"));
      assertThat(ran.err()).isEmpty();
      assertThat(ran.out()).startsWith("app.db: 1 row received, ");
      assertThat(ran.code()).isZero();
    }
  }

  @Test
  void doctor_withTheBundledLibrary_looksAtTheCache() throws IOException, InterruptedException {
    Path cache = folder.resolve("cache");
    Ran ran = run(Map.of("XDG_CACHE_HOME", cache.toString()), List.of(), "doctor");
    assertThat(ran.out())
        .containsPattern("(?m)^ok +library .* the bundled one: ")
        .containsPattern("(?m)^ok +cache +" + Pattern.quote(cache + "/crsql can be written"));
    assertThat(ran.code()).isZero();
  }

  @Test
  void doctor_withoutCacheAndShell_warns() throws IOException, InterruptedException {
    Map<String, String> poor =
        Map.of("XDG_CACHE_HOME", "/dev/null/cache", "PATH", folder.toString());
    Ran ran = run(poor, List.of(), "doctor");
    assertThat(ran.out())
        .containsPattern("(?m)^warning +cache .*XDG_CACHE_HOME")
        .containsPattern("(?m)^warning +sqlite3 .*apt-get install -y sqlite3")
        .endsWith("\n0 problems, 2 warnings\n");
    assertThat(ran.code()).isZero();
  }

  @Test
  void doctor_withoutLibrary_isAProblem() throws IOException, InterruptedException {
    Ran ran = run(Map.of(), List.of("-Dcrsql.library=none.so"), "doctor");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).containsPattern("(?m)^problem +library .*names no file: none.so");
  }

  @Test
  void serve_untilASignal_exitsWith0() throws IOException, InterruptedException {
    Path out = folder.resolve("serve.out");
    Process hub =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dcrsql.library=" + System.getProperty("crsql.library"),
                Main.class.getName(),
                "serve",
                folder.resolve("hub").toString(),
                "--port",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      for (int i = 0; i < 600 && !Files.readString(out).contains("See what goes on"); i++) {
        assertThat(hub.isAlive()).isTrue();
        Thread.sleep(50);
      }
      String shown = Files.readString(out);
      Matcher line = Pattern.compile("crsql sync app.db (ws://\\S+) --token (\\S+)").matcher(shown);
      assertThat(line.find()).isTrue();
      assertThat(Files.readString(folder.resolve("hub").resolve("tokens")))
          .contains(line.group(2) + " read,write *");
      String health = line.group(1).replace("ws:", "http:").replace("/db/app", "/health");
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(URI.create(health)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      hub.destroy();
      assertThat(hub.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(hub.exitValue()).isZero();
      assertThat(Files.readString(out)).endsWith(" stopped\n");
    } finally {
      hub.destroyForcibly();
    }
  }

  @Test
  void serve_onAPortThatIsTaken_saysSo() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran ran = run("serve", "hub", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err())
          .startsWith("crsql: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": ")
          .endsWith("; choose another host or port\n");
    }
  }

  private static boolean hasSqlite3() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "sqlite3")));
  }
}
