package io.crsql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** sqlite-sync, the other extension that is measured. */
final class Peer {
  private static final String PACKAGE = "@sqliteai/sqlite-sync-linux-x86_64@1.1.4";

  private Peer() {}

  /** The extension's library, installed by npm into {@code folder} unless it is there already. */
  static Path fetch(Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("node_modules/@sqliteai/sqlite-sync-linux-x86_64/cloudsync.so");
    if (Files.exists(library)) {
      return library;
    }
    Files.createDirectories(folder);
    List<String> command =
        List.of("npm", "install", "--no-save", "--prefix", folder.toString(), PACKAGE);
    boolean installed;
    try {
      ProcessBuilder npm = new ProcessBuilder(command);
      npm.redirectError(ProcessBuilder.Redirect.INHERIT);
      npm.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      installed = npm.start().waitFor() == 0;
    } catch (IOException e) {
      throw new Failure("npm is missing; install it with: apt-get install -y npm");
    }
    if (!installed || !Files.exists(library)) {
      throw new Failure("npm does not install " + PACKAGE + "; run without --peers");
    }
    return library;
  }
}
