package io.crsql.host.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that runs the SQL. */
final class Guest {
  private static final Path NODE = Path.of("../node_modules/.bin/node").toAbsolutePath();
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path SQLITE = Path.of("../node_modules/@sqlite.org/sqlite-wasm");

  private Guest() {}

  /** Skips the test if the guest cannot run here; {@code -Dcrsql.web=all} makes that a failure. */
  static void require(String kind) {
    String missing = missing(kind);
    if (missing != null && System.getProperty("crsql.web", "installed").equals("all")) {
      throw new AssertionError(missing);
    }
    assumeTrue(missing == null, missing);
  }

  private static String missing(String kind) {
    if (!Files.isDirectory(SQLITE) || !Files.isExecutable(NODE)) {
      return "node_modules is missing; install npm and build again";
    }
    boolean chromium = kind.equals("chromium");
    return chromium && !Files.isExecutable(CHROMIUM) ? CHROMIUM + " is missing; install it" : null;
  }

  /** Starts it; it ends with this process. */
  static void start(String kind, String engine, String url) {
    try {
      Process process =
          new ProcessBuilder(kind.equals("chromium") ? chromium(engine, url) : node(engine, url))
              .redirectErrorStream(true)
              // the standard output of a test is the channel to Maven
              .redirectOutput(new File("target/guest-" + kind + "-" + engine + ".log"))
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process.toHandle())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(ProcessHandle process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static List<String> node(String engine, String url) {
    return List.of(NODE.toString(), "test/host/node.mjs", url, engine);
  }

  private static List<String> chromium(String engine, String url) throws IOException {
    Path profile = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "chromium");
    return List.of(
        CHROMIUM.toString(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--log-level=3",
        "--user-data-dir=" + profile,
        "--remote-debugging-port=0",
        url + "/host-web/test/host/page.html?engine=" + engine);
  }
}
