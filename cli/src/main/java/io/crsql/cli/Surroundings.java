package io.crsql.cli;

import io.crsql.jdbc.Crsql;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Checks what crsql needs around it, whatever the database. */
final class Surroundings {
  private static final ModuleDescriptor.Version OLDEST_SQLITE =
      ModuleDescriptor.Version.parse("3.37");

  private final Diagnosis diagnosis;

  private Surroundings(Diagnosis diagnosis) {
    this.diagnosis = diagnosis;
  }

  static void check(Diagnosis diagnosis) {
    Surroundings surroundings = new Surroundings(diagnosis);
    diagnosis.ok("Java", Runtime.version() + " in " + System.getProperty("java.home"));
    diagnosis.ok("platform", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    diagnosis.attempt("library", surroundings::library);
    surroundings.shell();
  }

  private void library() throws SQLException {
    Path library = Crsql.library();
    boolean named = System.getProperty(Crsql.LIBRARY) != null;
    try {
      load(library, named);
    } catch (IOException e) {
      diagnosis.problem("library", "no temporary file can be made to try it (" + e + ")");
    }
    if (named) {
      diagnosis.ok("cache", "not used, since the property " + Crsql.LIBRARY + " names the library");
    } else {
      cache(library.getParent().getParent());
    }
  }

  private void load(Path library, boolean named) throws SQLException, IOException {
    Path file = Files.createTempFile("crsql-doctor", ".db");
    try (Database database = Database.create(file)) {
      String version = database.text("SELECT crsql_version()");
      String origin = named ? ", named by the property " + Crsql.LIBRARY : ", the bundled one";
      diagnosis.ok("library", "crsql " + version + origin + ": " + library);
      diagnosis.ok("SQLite", database.text("SELECT sqlite_version()") + " of the driver");
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** The bundled library is copied to the cache folder, or else to a new temporary one. */
  private void cache(Path folder) {
    boolean temporary =
        Path.of(System.getProperty("java.io.tmpdir")).equals(folder.getParent())
            && !folder.endsWith("crsql");
    if (temporary || !Files.isWritable(folder)) {
      diagnosis.warning(
          "cache",
          "the cache folder cannot be written, so that the library is in "
              + folder
              + " and may be copied there at each start; name a folder that can be written by"
              + " XDG_CACHE_HOME (LOCALAPPDATA on Windows)");
    } else {
      diagnosis.ok("cache", folder + " can be written");
    }
  }

  private void shell() {
    String version;
    try {
      Process process = new ProcessBuilder("sqlite3", "--version").start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      version = new String(out, StandardCharsets.UTF_8).strip().split("\\s", 2)[0];
    } catch (IOException e) {
      diagnosis.warning(
          "sqlite3",
          "the shell is missing, which crsql shell needs; install it with:"
              + " apt-get install -y sqlite3");
      return;
    }
    if (isRecent(version)) {
      diagnosis.ok("sqlite3", version + " of the shell");
    } else {
      diagnosis.warning(
          "sqlite3",
          "the shell's version '"
              + version
              + "' is not "
              + OLDEST_SQLITE
              + " or later, which crsql needs; install a newer one");
    }
  }

  private static boolean isRecent(String version) {
    try {
      return ModuleDescriptor.Version.parse(version).compareTo(OLDEST_SQLITE) >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
