package io.crsql.host.nativ.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A hash of all that a library is made from. Contents, not times: a checkout or an equal
 * recompilation changes nothing, and a module counts the same as a folder of classes and as a jar.
 */
final class Fingerprint {
  private final MessageDigest digest;

  Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  void addFiles(Path root, String suffix) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(root)) {
      files = tree.filter(f -> isInput(f, suffix)).sorted().collect(Collectors.toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      add(root.relativize(file).toString());
      digest.update(Files.readAllBytes(file));
    }
  }

  /** The module descriptor is not compiled, and the jar plugin writes its own. */
  private static boolean isInput(Path file, String suffix) {
    return Files.isRegularFile(file)
        && file.toString().endsWith(suffix)
        && !file.endsWith("module-info.class");
  }

  /**
   * Our own modules by their classes, everything else by the file's name, which has its version.
   */
  void addClassPath(List<Path> classPath) throws IOException {
    for (Path entry : classPath) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry)) {
        addFiles(entry, ".class");
      } else if (name.startsWith("crsql-")) {
        try (FileSystem jar = FileSystems.newFileSystem(entry)) {
          addFiles(jar.getPath("/"), ".class");
        }
      } else {
        add(name);
      }
    }
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
