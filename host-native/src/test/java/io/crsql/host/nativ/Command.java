package io.crsql.host.nativ;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs programs. */
final class Command {
  private Command() {}

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
