package io.crsql.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether the databases' disk can be written, by writing to it. Thread-safe. */
final class Health {
  private static final int PROBE_BYTES = 8 << 10;
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private final Path probe;
  private String problem;
  private long checked = System.nanoTime() - INTERVAL_NANOS;

  Health(Path folder) {
    // no database can have this name
    this.probe = folder.resolve(".crsql-health");
  }

  /** Why it cannot be written; null if it can. */
  synchronized String problem() {
    long now = System.nanoTime();
    if (now - checked >= INTERVAL_NANOS) {
      checked = now;
      problem = check();
    }
    return problem;
  }

  private String check() {
    try {
      try {
        Files.write(probe, new byte[PROBE_BYTES]);
      } finally {
        Files.deleteIfExists(probe);
      }
      return null;
    } catch (IOException e) {
      return "the databases' folder cannot be written: "
          + Log.plain(String.valueOf(e.getMessage()));
    }
  }
}
