package io.crsql.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/** The extension's file, found or extracted once per process. */
final class Library {
  private static Path extracted;

  private Library() {}

  static synchronized Path file() throws SQLException {
    String named = System.getProperty(Crsql.LIBRARY);
    if (named != null) {
      return named(Path.of(named));
    }
    if (extracted == null || !Files.isRegularFile(extracted)) {
      extracted = extract(Platform.current());
    }
    return extracted;
  }

  private static Path named(Path file) throws SQLException {
    if (!Files.isRegularFile(file)) {
      throw failure("the system property " + Crsql.LIBRARY + " names no file: " + file, null);
    }
    return file.toAbsolutePath();
  }

  static Path extract(String platform) throws SQLException {
    String name = Platform.file(platform);
    String resource = "io/crsql/native/" + platform + "/" + name;
    try (InputStream stream = Library.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw failure(
            "no crsqlite library for "
                + platform
                + " on the class path; build it there (mvn package -pl host-native -am) and name"
                + " its file by -D"
                + Crsql.LIBRARY
                + "=...",
            null);
      }
      return Extraction.toCache(name, stream.readAllBytes());
    } catch (IOException e) {
      throw failure(
          "the crsqlite library could not be copied out of the class path ("
              + e
              + "); name its file by -D"
              + Crsql.LIBRARY
              + "=...",
          e);
    }
  }

  private static SQLException failure(String message, Throwable cause) {
    return new SQLNonTransientConnectionException("crsql: " + message, cause);
  }
}
