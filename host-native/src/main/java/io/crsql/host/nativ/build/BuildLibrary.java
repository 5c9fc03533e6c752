package io.crsql.host.nativ.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private static final String PLATFORM = "{platform}";

  /** A file in each folder that is made: what it was made from. */
  private static final String STAMP = "inputs";

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
            .toList();
  }

  /**
   * Runs the build.
   *
   * @param args main class, folder of the C sources, folder for intermediate files, and the files
   *     to make: those with {@code {platform}} in their names for each platform that is chosen
   *     ({@link Natives}), in whose place its name stands, and {@code {file}}, the product's file
   *     name there; the others for this machine
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    BuildLibrary build = new BuildLibrary(args[0], Path.of(args[1]), Path.of(args[2]));
    List<String> files = Arrays.asList(args).subList(3, args.length);
    try {
      build.run(files);
    } catch (BuildException e) {
      System.err.println("crsqlite: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run(List<String> files) throws BuildException, IOException, InterruptedException {
    boolean many = files.stream().anyMatch(file -> file.contains(PLATFORM));
    List<Target> targets = (many ? Natives.chosen() : Natives.HOST).of(Target.all());
    String inputs = inputs();
    make(targets.stream().filter(target -> !isMadeFrom(inputs, folder(target))).toList(), inputs);
    for (Target target : Target.all()) {
      boolean made = isMadeFrom(inputs, folder(target));
      for (String file : files) {
        if (file.contains(PLATFORM) || target.equals(Target.host())) {
          Path path =
              Path.of(file.replace(PLATFORM, target.platform()).replace("{file}", target.file()));
          if (made) {
            copy(library(target), path);
          } else {
            Files.deleteIfExists(path);
          }
        }
      }
    }
  }

  /** Java to C once, and C to the libraries all at once. */
  private void make(List<Target> targets, String inputs)
      throws BuildException, IOException, InterruptedException {
    if (targets.isEmpty()) {
      return;
    }
    Path headers = work.resolve("sqlite");
    SqliteHeaders.copy(headers);
    Path generated = work.resolve("c");
    if (!isMadeFrom(inputs, generated)) {
      clear(generated);
      JavaToC.compile(mainClass, classPath, generated);
      stamp(generated, inputs);
    }
    Map<Target, Process> compilers = new LinkedHashMap<>();
    for (Target target : targets) {
      clear(folder(target));
      compilers.put(target, CToLibrary.start(target, sources, headers, generated, library(target)));
    }
    for (Map.Entry<Target, Process> compiler : compilers.entrySet()) {
      if (compiler.getValue().waitFor() != 0) {
        throw new BuildException(compiler.getKey().compiler() + " failed");
      }
      stamp(folder(compiler.getKey()), inputs);
    }
  }

  private Path folder(Target target) {
    return work.resolve(target.platform());
  }

  private Path library(Target target) {
    return folder(target).resolve(target.file());
  }

  private static boolean isMadeFrom(String inputs, Path folder) {
    try {
      return Files.readString(folder.resolve(STAMP)).equals(inputs);
    } catch (IOException e) {
      return false;
    }
  }

  /** The last that is written of a folder: a build that breaks off leaves none. */
  private static void stamp(Path folder, String inputs) throws IOException {
    Files.writeString(folder.resolve(STAMP), inputs);
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

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
