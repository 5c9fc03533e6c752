package io.crsql.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program that measures: one in C or, for the browser, a script of Node's. */
final class Driver {
  private final List<String> program;

  private Driver(String... program) {
    this.program = List.of(program);
  }

  /** The script, in the source tree at {@code root}. */
  static Driver script(Path root) {
    Path node = root.resolve("node_modules/.bin/node");
    if (!Files.exists(node)) {
      throw new Failure(node + " is missing; install what is in package.json with: npm ci");
    }
    return new Driver(node.toString(), root.resolve("bench/web/main.js").toString());
  }

  /** The driver of the module at {@code module}, compiled if a source is newer than it. */
  static Driver compile(Path module) throws IOException, InterruptedException {
    Path sources = module.resolve("src/main/c");
    Path program = module.resolve("target/driver");
    List<Path> files;
    try (Stream<Path> all = Files.list(sources)) {
      files = all.sorted().toList();
    }
    if (Files.exists(program) && files.stream().allMatch(file -> older(file, program))) {
      return new Driver(program.toString());
    }
    Files.createDirectories(program.getParent());
    List<String> command = new ArrayList<>();
    command.add(System.getenv().getOrDefault("CC", "gcc"));
    command.addAll(List.of("-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror"));
    files.stream().map(Path::toString).filter(file -> file.endsWith(".c")).forEach(command::add);
    command.addAll(List.of("-lsqlite3", "-o", program.toString()));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new Failure(
          "the driver does not compile; what it needs is installed with: apt-get install -y gcc"
              + " libsqlite3-dev");
    }
    return new Driver(program.toString());
  }

  private static boolean older(Path file, Path than) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      return time.compareTo(Files.getLastModifiedTime(than)) <= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its lines on stdout, in which a work that failed says why; what it tells the eye goes on to
   * stderr.
   */
  List<String> run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines = reader.lines().toList();
    }
    process.waitFor();
    if (lines.size() < 2) {
      throw new Failure("the driver measured nothing; what it printed tells why");
    }
    return lines;
  }
}
