package io.crsql.host.nativ.build;

import java.util.Locale;

/** The folder name for libraries of one system and processor, as {@code jdbc/} looks it up. */
public final class Platform {
  private Platform() {}

  /** For this machine: {@code linux-x86_64} for instance. */
  public static String current() {
    return system(System.getProperty("os.name")) + "-" + processor(System.getProperty("os.arch"));
  }

  private static String system(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac")) {
      return "macos";
    }
    return lower.startsWith("windows") ? "windows" : lower;
  }

  private static String processor(String arch) {
    return switch (arch) {
      case "amd64", "x86_64" -> "x86_64";
      case "arm64", "aarch64" -> "aarch64";
      default -> arch;
    };
  }
}
