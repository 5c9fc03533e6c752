package io.crsql.host.nativ.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a loadable SQLite extension of a main class on the class path that this program runs with.
 * Does nothing if its inputs are those of the last build.
 */
public final class BuildLibrary {
  /**
   * Whether the runtime is to check the collector's invariants: a system property that TeaVM reads.
   */
  static final boolean ASSERTIONS = Boolean.getBoolean("teavm.c.vmAssertions");

  private final String mainClass;
  private final Path sources;
  private final Path work;
  private final List<Path> classPath;

  private BuildLibrary(String mainClass, Path sources, Path work) {
    this.mainClass = mainClass;
    this.sources = sources;
    this.work = work;
    classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(Files::exists)
            .collect(Collectors.toList());
  }

  /**
   * Runs the build.
   *
   * @param args main class, folder of the C sources, folder for intermediate files, and the files
   *     to make, in which {@code {platform}} stands for the system and processor, as in {@code
   *     linux-x86_64}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    BuildLibrary build = new BuildLibrary(args[0], Path.of(args[1]), Path.of(args[2]));
    try {
      Path library = build.library();
      for (String target : Arrays.asList(args).subList(3, args.length)) {
        copy(library, Path.of(target.replace("{platform}", Platform.current())));
      }
    } catch (BuildException e) {
      System.err.println("crsqlite: " + e.getMessage());
      System.exit(1);
    }
  }

  /** The library, built unless it is up to date. */
  private Path library() throws BuildException, IOException, InterruptedException {
    Path library = work.resolve("library");
    Path stamp = work.resolve("inputs");
    String inputs = inputs();
    if (Files.exists(library) && Files.exists(stamp) && Files.readString(stamp).equals(inputs)) {
      return library;
    }
    CToLibrary.requireCompiler();
    Files.deleteIfExists(stamp);
    Path generated = work.resolve("c");
    delete(generated);
    Files.createDirectories(generated);
    JavaToC.compile(mainClass, classPath, generated);
    CToLibrary.compile(sources, generated, library);
    Files.writeString(stamp, inputs);
    return library;
  }

  private String inputs() throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(mainClass);
    fingerprint.add(Boolean.toString(ASSERTIONS));
    fingerprint.addFiles(sources, "");
    fingerprint.addClassPath(classPath);
    return fingerprint.hex();
  }

  /** Replaces the file rather than its contents, which a running process may have mapped. */
  private static void copy(Path library, Path target) throws IOException {
    if (Files.exists(target) && Files.mismatch(library, target) < 0) {
      return;
    }
    Files.createDirectories(target.getParent());
    Path copy = Files.createTempFile(target.getParent(), "crsqlite", ".tmp");
    Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.move(copy, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    System.out.println("crsqlite: " + target + ", " + Files.size(target) + " bytes");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).collect(Collectors.toList())) {
        Files.delete(file);
      }
    }
  }
}
