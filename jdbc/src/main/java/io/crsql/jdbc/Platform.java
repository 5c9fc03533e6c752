package io.crsql.jdbc;

import java.util.Locale;

/**
 * The names of the folder and the file in which the build bundles the extension for a system and
 * processor.
 */
final class Platform {
  private Platform() {}

  static String current() {
    return name(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String name(String system, String processor) {
    return system(system.toLowerCase(Locale.ROOT)) + "-" + processor(processor);
  }

  /** SQLite derives the entry point from this name, so that it must stay as it is. */
  static String file(String platform) {
    return platform.startsWith("windows-") ? "crsqlite.dll" : "crsqlite.so";
  }

  private static String system(String name) {
    if (name.startsWith("mac")) {
      return "macos";
    }
    return name.startsWith("windows") ? "windows" : name;
  }

  private static String processor(String name) {
    return switch (name) {
      case "amd64", "x86_64" -> "x86_64";
      case "arm64", "aarch64" -> "aarch64";
      default -> name;
    };
  }
}
