package io.crsql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** sqlite-sync and cr-sqlite, the others that are measured. */
final class Peer {
  private static final String SYNC = "@sqliteai/sqlite-sync-linux-x86_64";
  private static final String SYNC_VERSION = "1.1.4";
  private static final String VLCN = "@vlcn.io/crsqlite-wasm";
  private static final String VLCN_VERSION = "0.16.0";
  private static final String BUNDLER = "esbuild";
  private static final String BUNDLER_VERSION = "0.28.2";

  private Peer() {}

  /** sqlite-sync's library, installed by npm into {@code folder} unless it is there already. */
  static Path fetch(Path folder) throws IOException, InterruptedException {
    install(folder, SYNC + "/cloudsync.so", SYNC + "@" + SYNC_VERSION);
    return folder.resolve("node_modules/" + SYNC + "/cloudsync.so");
  }

  /** The folder, with cr-sqlite for browsers and what makes files for pages of packages. */
  static Path fetchForWeb(Path folder) throws IOException, InterruptedException {
    install(
        folder, VLCN + "/package.json", VLCN + "@" + VLCN_VERSION, BUNDLER + "@" + BUNDLER_VERSION);
    return folder;
  }

  private static void install(Path folder, String wanted, String... packages)
      throws IOException, InterruptedException {
    Path file = folder.resolve("node_modules").resolve(wanted);
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(folder);
    List<String> command =
        new ArrayList<>(List.of("npm", "install", "--no-save", "--prefix", folder.toString()));
    command.addAll(List.of(packages));
    boolean installed;
    try {
      ProcessBuilder npm = new ProcessBuilder(command);
      npm.redirectError(ProcessBuilder.Redirect.INHERIT);
      npm.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      installed = npm.start().waitFor() == 0;
    } catch (IOException e) {
      throw new Failure("npm is missing; install it with: apt-get install -y npm");
    }
    if (!installed || !Files.exists(file)) {
      throw new Failure(
          "npm does not install " + String.join(", ", packages) + "; what it printed tells why");
    }
  }
}
