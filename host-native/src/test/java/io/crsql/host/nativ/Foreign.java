package io.crsql.host.nativ;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crsql.host.nativ.build.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A platform that is not this machine's, emulated here. */
enum Foreign {
  LINUX_AARCH64(
      "linux-aarch64",
      "qemu-user",
      List.of("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", "-E", "LD_LIBRARY_PATH=."),
      List.of("-lm", "-lpthread", "-ldl")),
  WINDOWS_X86_64("windows-x86_64", "wine64 wine", List.of("wine"), List.of("-municode"));

  /** Whether nothing may be missing; otherwise tests are skipped for want of tools. */
  private static final boolean ALL = "all".equals(System.getProperty("crsql.natives"));

  /** An npm package that holds the source of SQLite and its shell. */
  private static final String SOURCE = "sqlite3@6.0.1";

  private static final Path WORK = Path.of("target", "foreign").toAbsolutePath();

  final Target target;
  private final String packages;
  private final List<String> emulator;
  private final List<String> linked;

  Foreign(String platform, String packages, List<String> emulator, List<String> linked) {
    this.target = Target.of(platform);
    this.packages = packages;
    this.emulator = emulator;
    this.linked = linked;
  }

  /** SQLite's shell for it, with the product beside it, in a folder. */
  void install(Path folder) throws IOException, InterruptedException {
    needLibrary();
    need(runs(emulator.get(0)), emulator.get(0), packages);
    need(runs("npm"), "npm", "npm");
    Files.copy(Libraries.product(target), folder.resolve(target.file()));
    Files.copy(shell(), folder.resolve("sqlite3.exe"));
  }

  void needLibrary() {
    need(Libraries.has(target), "the library for " + target.platform(), target.packages());
  }

  private static void need(boolean there, String what, String packages) {
    String reason = what + " is missing: apt-get install -y " + packages;
    if (ALL) {
      assertThat(there).as(reason).isTrue();
    }
    assumeTrue(there, reason);
  }

  private static boolean runs(String program) throws InterruptedException {
    try {
      Command.run(program, "--version");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path shell() throws IOException, InterruptedException {
    Path shell = WORK.resolve(target.platform()).resolve("sqlite3.exe");
    if (!Files.exists(shell)) {
      Files.createDirectories(shell.getParent());
      String source = source().toString();
      List<String> command = new ArrayList<>(List.of(target.compiler(), "-w", "-o"));
      command.addAll(List.of(shell.toString(), source + "/shell.c", source + "/sqlite3.c"));
      command.addAll(linked);
      Command.run(command.toArray(String[]::new));
    }
    return shell;
  }

  private static Path source() throws IOException, InterruptedException {
    Path folder = WORK.resolve("source");
    if (!Files.exists(folder.resolve("sqlite3.c"))) {
      Files.createDirectories(folder);
      String at = folder.toString();
      Command.run("npm", "pack", "--silent", "--pack-destination", at, SOURCE);
      Command.run("sh", "-c", "cd '" + at + "' && tar -xzf sqlite3-*.tgz --strip-components 2");
      Command.run("sh", "-c", "cd '" + at + "' && tar -xzf *-auto*.gz --strip-components 1");
    }
    return folder;
  }

  /** What the shell in that folder prints, which goes on after an error. */
  String shell(Path folder, String file, String script) throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("input"), script);
    // not a pipe, which wine's server keeps open for a while
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>(emulator);
    command.addAll(List.of("./sqlite3.exe", file));
    ProcessBuilder shell = new ProcessBuilder(command).directory(folder.toFile());
    shell.environment().put("WINEPREFIX", WORK.resolve("wine").toString());
    shell.environment().put("WINEDEBUG", "-all");
    shell.redirectInput(input.toFile()).redirectErrorStream(true).redirectOutput(output.toFile());
    shell.start().waitFor();
    return Files.readString(output).replace("\r\n", "\n");
  }
}
