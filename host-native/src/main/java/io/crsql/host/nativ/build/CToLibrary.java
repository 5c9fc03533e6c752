package io.crsql.host.nativ.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles and links the C code to a shared library. */
final class CToLibrary {
  private static final String COMPILER = System.getenv("CC") == null ? "gcc" : System.getenv("CC");

  /**
   * The generated code needs Java's wrapping arithmetic and reads one object as many types; its
   * folder holds a string.h and a time.h, hence {@code -iquote}. {@code nodelete} keeps the heap's
   * code mapped when a connection unloads the library. No exception of C++ may cross Java frames,
   * so nothing unwinds them. TeaVM has inlined what pays; more of it is a tenth of the library and
   * gains nothing.
   */
  private static final List<String> FLAGS =
      List.of(
          "-std=gnu11",
          "-O2",
          "-fPIC",
          "-shared",
          "-fvisibility=hidden",
          "-fwrapv",
          "-fno-strict-aliasing",
          "-fno-delete-null-pointer-checks",
          "-fno-asynchronous-unwind-tables",
          "-fno-unwind-tables",
          "-fno-inline-functions",
          "-Wall",
          "-Wextra",
          "-Werror=implicit-function-declaration",
          "-Werror=int-conversion",
          "-ffunction-sections",
          "-fdata-sections",
          "-Wl,--gc-sections",
          "-Wl,-z,now",
          "-Wl,-z,nodelete",
          "-Wl,--no-undefined",
          "-s");

  private CToLibrary() {}

  static void compile(Path sources, Path generated, Path library)
      throws BuildException, IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(COMPILER));
    command.addAll(FLAGS);
    command.add("-DHOST_MAX_HEAP=INT64_C(" + JavaToC.MAX_HEAP + ")");
    command.addAll(List.of("-iquote", sources.toString(), "-iquote", generated.toString()));
    command.addAll(List.of("-o", library.toString(), sources.resolve("library.c").toString()));
    command.addAll(List.of("-lm", "-lpthread"));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new BuildException(COMPILER + " failed");
    }
  }

  /** Says what is missing, before the work begins. */
  static void requireCompiler() throws BuildException, IOException, InterruptedException {
    if (!compiles("stdlib.h")) {
      throw new BuildException(COMPILER + " is missing: apt-get install gcc libc6-dev");
    }
    if (!compiles("sqlite3ext.h")) {
      throw new BuildException("sqlite3ext.h is missing: apt-get install libsqlite3-dev");
    }
  }

  private static boolean compiles(String header) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(COMPILER, "-E", "-x", "c", "-o", "/dev/null", "-")
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
}
