package io.crsql.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where and how it was measured. */
final class Machine {
  private Machine() {}

  static Map<String, Object> describe(Path root, String command)
      throws IOException, InterruptedException {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("command", command);
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

  /** Of the source tree, with a mark if what is measured has been changed since. */
  private static String commit(Path root) throws InterruptedException {
    String commit = git(root, "rev-parse", "--short", "HEAD");
    String changed =
        git(root, "status", "--porcelain", "engine", "host-native", "host-web", "bench/src");
    return commit.isEmpty() ? "unknown" : commit + (changed.isEmpty() ? "" : ", changed");
  }

  /** What git prints; nothing where it is missing or this is no repository. */
  private static String git(Path root, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).directory(root.toFile()).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? printed.trim() : "";
    } catch (IOException e) {
      return "";
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
