package io.crsql.host.nativ.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compiles and links the C code to a shared library. */
final class CToLibrary {
  /**
   * The generated code needs Java's wrapping arithmetic and reads one object as many types; its
   * folder holds a string.h and a time.h, hence {@code -iquote}. TeaVM has inlined what pays; more
   * of it is a tenth of the library and gains nothing.
   */
  private static final List<String> FLAGS =
      List.of(
          "-std=gnu11",
          "-O2",
          "-shared",
          "-fvisibility=hidden",
          "-fwrapv",
          "-fno-strict-aliasing",
          "-fno-delete-null-pointer-checks",
          "-fno-inline-functions",
          "-Wall",
          "-Wextra",
          "-Werror=implicit-function-declaration",
          "-Werror=int-conversion",
          "-ffunction-sections",
          "-Wl,--gc-sections",
          "-s");

  /**
   * {@code nodelete} keeps the heap's code mapped when a connection unloads the library. No
   * exception of C++ may cross Java frames, so nothing unwinds them.
   */
  private static final List<String> POSIX =
      List.of(
          "-fPIC",
          "-fdata-sections",
          "-fno-asynchronous-unwind-tables",
          "-fno-unwind-tables",
          "-Wl,-z,now",
          "-Wl,-z,nodelete",
          "-Wl,--no-undefined",
          "-lm",
          "-lpthread");

  /**
   * A longjmp() that does not unwind, as elsewhere: Java's frames have nothing to clean up. The
   * tables stay, which Windows asks of all code. With {@code -fdata-sections} the file would hold
   * the zeros of variables.
   */
  private static final List<String> WINDOWS =
      List.of("-D__USE_MINGW_SETJMP_NON_SEH", "-static-libgcc", "-Wl,--no-insert-timestamp", "-lm");

  private CToLibrary() {}

  /** Begins to make it. */
  static Process start(Target target, Path sources, Path headers, Path generated, Path library)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(target.compiler()));
    command.addAll(FLAGS);
    command.add("-DHOST_MAX_HEAP=INT64_C(" + JavaToC.MAX_HEAP + ")");
    command.addAll(List.of("-iquote", sources.toString(), "-iquote", generated.toString()));
    command.addAll(List.of("-isystem", headers.toString()));
    command.addAll(List.of("-o", library.toString(), sources.resolve("library.c").toString()));
    command.addAll(target.isWindows() ? WINDOWS : POSIX);
    return new ProcessBuilder(command).inheritIO().start();
  }
}
