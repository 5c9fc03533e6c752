package io.crsql.jdbc;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Copies a library into a folder named by its content's hash, so that versions live side by side
 * and a process never sees a library change under it.
 *
 * <p>Processes may do this at once: each writes a file of its own and moves it into place. What is
 * already there is used only if it is, byte for byte, what would be written.
 */
final class Extraction {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private Extraction() {}

  /** Copies it below the user's cache folder, or a temporary one if that cannot be written. */
  static Path toCache(String name, byte[] content) throws IOException {
    try {
      return into(cache(), name, content);
    } catch (IOException e) {
      return temporary(name, content);
    }
  }

  static Path into(Path folder, String name, byte[] content) throws IOException {
    Path home = folder.resolve(hash(content));
    Path file = home.resolve(name);
    if (holds(file, content)) {
      return file;
    }
    Files.createDirectories(home, permissions("rwx------"));
    Path copy = Files.createTempFile(home, name, ".tmp", permissions("rwx------"));
    try {
      Files.write(copy, content);
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(copy);
    }
    return file;
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
  }

  private static Path temporary(String name, byte[] content) throws IOException {
    Path folder = Files.createTempDirectory("crsql");
    folder.toFile().deleteOnExit();
    Path file = into(folder, name, content);
    file.getParent().toFile().deleteOnExit();
    file.toFile().deleteOnExit();
    return file;
  }

  private static Path cache() {
    Path home = Path.of(System.getProperty("user.home"));
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return home.resolve("Library/Caches/crsql");
    }
    String given = System.getenv(system.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    boolean usable = given != null && Path.of(given).isAbsolute();
    return (usable ? Path.of(given) : home.resolve(".cache")).resolve("crsql");
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FileAttribute<?>[] permissions(String posix) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))
        }
        : new FileAttribute<?>[0];
  }
}
