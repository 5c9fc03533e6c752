package io.crsql.host.nativ.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A system and processor that a library is made for.
 *
 * @param platform the folder name for its libraries, as {@code jdbc/} looks it up: {@code
 *     linux-x86_64} for instance
 * @param compiler the C compiler that makes code for it
 * @param packages Debian's, of that compiler
 */
public record Target(String platform, String compiler, String packages) {
  private static final List<Target> CROSS =
      List.of(
          new Target("linux-x86_64", "x86_64-linux-gnu-gcc", "gcc-x86-64-linux-gnu"),
          new Target(
              "linux-aarch64",
              "aarch64-linux-gnu-gcc",
              "gcc-aarch64-linux-gnu libc6-dev-arm64-cross"),
          // with threads of Windows' own: the others are a DLL to ship
          new Target(
              "windows-x86_64", "x86_64-w64-mingw32-gcc-win32", "gcc-mingw-w64-x86-64-win32"));

  /** This machine. */
  public static Target host() {
    String compiler = System.getenv("CC");
    return new Target(
        system(System.getProperty("os.name")) + "-" + processor(System.getProperty("os.arch")),
        compiler == null ? "gcc" : compiler,
        "gcc libc6-dev");
  }

  /** This machine and all others that libraries are made for. */
  static List<Target> all() {
    Target host = host();
    return Stream.concat(
            Stream.of(host), CROSS.stream().filter(t -> !t.platform.equals(host.platform)))
        .toList();
  }

  /** The one of that name. */
  public static Target of(String platform) {
    return all().stream().filter(t -> t.platform.equals(platform)).findAny().orElseThrow();
  }

  /** The name of the product's file, from which SQLite derives its entry point. */
  public String file() {
    return isWindows() ? "crsqlite.dll" : "crsqlite.so";
  }

  boolean isWindows() {
    return platform.startsWith("windows-");
  }

  /** Whether the compiler is there, and has the C library's headers. */
  boolean isInstalled() throws IOException, InterruptedException {
    return finds("stdlib.h");
  }

  boolean finds(String header) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(compiler, "-E", "-x", "c", "-o", "/dev/null", "-")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return false;
    }
    try (var input = process.getOutputStream()) {
      input.write(("#include <" + header + ">\n").getBytes(StandardCharsets.US_ASCII));
    }
    return process.waitFor() == 0;
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
