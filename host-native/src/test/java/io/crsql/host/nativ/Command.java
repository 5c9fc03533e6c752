package io.crsql.host.nativ;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs programs. */
final class Command {
  private Command() {}

  /** Compiles src/test/c/{@code name}.c into a program in that folder. */
  static Path compile(String name, Path folder) throws IOException, InterruptedException {
    String program = folder.resolve(name).toString();
    String source = "src/test/c/" + name + ".c";
    run("gcc", "-O1", "-Wall", "-Werror", "-o", program, source, "-lsqlite3", "-lpthread", "-ldl");
    return Path.of(program);
  }

  /** What the program prints, which must succeed. */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError(String.join(" ", command) + ": exit code " + code + "\n" + output);
    }
    return output;
  }
}
