package io.crsql.host.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that runs the SQL. */
final class Guest {
  private static final String NODE = "../node_modules/.bin/node";

  private Guest() {}

  /** Starts it; it ends with this process. */
  static void start(String kind, String engine, String url) {
    try {
      Process process =
          new ProcessBuilder(kind.equals("chromium") ? chromium(engine, url) : node(engine, url))
              .inheritIO()
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
    return List.of(NODE, "test/host/node.mjs", url, engine);
  }

  private static List<String> chromium(String engine, String url) throws IOException {
    Path profile = Files.createTempDirectory("crsql-chromium");
    return List.of(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + profile,
        "--remote-debugging-port=0",
        url + "/host-web/test/host/page.html?engine=" + engine);
  }
}
