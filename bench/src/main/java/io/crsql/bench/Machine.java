package io.crsql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where and how it was measured. */
final class Machine {
  private Machine() {}

  static Map<String, Object> describe(String command) throws IOException {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("command", command.trim());
    machine.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    machine.put("cpu", value(Path.of("/proc/cpuinfo"), "model name", ":"));
    machine.put("cpus", Runtime.getRuntime().availableProcessors());
    machine.put("memory", value(Path.of("/proc/meminfo"), "MemTotal", ":"));
    machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("system", value(Path.of("/etc/os-release"), "PRETTY_NAME", "=").replace("\"", ""));
    machine.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    return machine;
  }

  private static String value(Path file, String name, String separator) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(separator) + 1).trim())
        .findFirst()
        .orElse("unknown");
  }
}
