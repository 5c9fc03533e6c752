package io.crsql.host.nativ.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;

/**
 * SQLite's headers, which are the same for all systems. Cross compilers do not look where this
 * machine has them, and must not, for the other headers there are this machine's.
 */
final class SqliteHeaders {
  private static final Set<String> NAMES = Set.of("sqlite3.h", "sqlite3ext.h");

  private SqliteHeaders() {}

  /** Copies them into a folder of their own. */
  static void copy(Path folder) throws BuildException, IOException, InterruptedException {
    Files.createDirectories(folder);
    for (String word : dependencies().split("[\\s\\\\]+")) {
      Path header = Path.of(word);
      if (NAMES.contains(String.valueOf(header.getFileName()))) {
        Path copy = folder.resolve(header.getFileName());
        Files.copy(header, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** As for make: the files that a program which includes them is made from. */
  private static String dependencies() throws BuildException, IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Target.host().compiler(), "-M", "-x", "c", "-")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var input = process.getOutputStream()) {
      input.write("#include <sqlite3ext.h>\n".getBytes(StandardCharsets.US_ASCII));
    }
    String dependencies =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new BuildException("sqlite3ext.h is missing: apt-get install libsqlite3-dev");
    }
    return dependencies;
  }
}
