package io.crsql.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and how it was measured. */
final class Machine {
  private Machine() {}

  static Map<String, Object> describe(Path root, String command)
      throws IOException, InterruptedException {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("command", command.trim());
    machine.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    machine.put("cpu", value(Path.of("/proc/cpuinfo"), "model name", ":"));
    machine.put("cpus", Runtime.getRuntime().availableProcessors());
    machine.put("memory", value(Path.of("/proc/meminfo"), "MemTotal", ":"));
    machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("system", value(Path.of("/etc/os-release"), "PRETTY_NAME", "=").replace("\"", ""));
    machine.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    machine.put("commit", commit(root));
    return machine;
  }

  /** Of the source tree; with a mark if it has been changed since. */
  private static String commit(Path root) throws InterruptedException {
    try {
      ProcessBuilder git = new ProcessBuilder("git", "describe", "--always", "--dirty");
      Process process = git.directory(root.toFile()).start();
      String commit = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? commit.trim() : "unknown";
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String value(Path file, String name, String separator) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(separator) + 1).trim())
        .findFirst()
        .orElse("unknown");
  }
}
