package io.crsql.host.nativ.build;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.tooling.ConsoleTeaVMToolLog;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles a main class and all that it reaches to C. */
final class JavaToC {
  /** Address space, not memory: what the heap may grow to. The C half reserves it at load. */
  static final int MAX_HEAP = 1 << 30;

  private static final int MIN_HEAP = 4 << 20;

  /** The file that includes the rest of the output, for {@code library.c}. */
  private static final String ENTRY_FILE = "generated.c";

  private static final String INCLUDE = "#include \"";

  /**
   * Parts of TeaVM's runtime that {@code src/main/c} replaces or includes, or that nothing here
   * uses and not every system can compile; log.c stays where VM assertions report through it.
   */
  private static final Set<String> LEFT_OUT =
      Set.of("core.c", "date.c", "fiber.c", "file.c", "heaptrace.c", "memory.c", "time.c");

  private JavaToC() {}

  static void compile(String mainClass, List<Path> classPath, Path target)
      throws BuildException, IOException {
    TeaVMTool tool = new TeaVMTool();
    tool.setTargetType(TeaVMTargetType.C);
    tool.setMainClass(mainClass);
    tool.setEntryPointName("host_main");
    tool.setTargetDirectory(target.toFile());
    tool.setClassPath(classPath.stream().map(Path::toFile).collect(Collectors.toList()));
    tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
    tool.setMinHeapSize(MIN_HEAP);
    tool.setMaxHeapSize(MAX_HEAP);
    // errors reach SQL without a stack trace, whose tables would be a third of the library
    tool.setObfuscated(!BuildLibrary.ASSERTIONS);
    tool.setLog(new ConsoleTeaVMToolLog(false));
    try (URLClassLoader loader = loader(classPath)) {
      tool.setClassLoader(loader);
      tool.generate();
    } catch (TeaVMToolException e) {
      throw new BuildException("TeaVM failed: " + e);
    }
    report(tool);
    StringPool.compact(target);
    if (!BuildLibrary.ASSERTIONS) {
      CallSites.compact(target);
    }
    writeEntryFile(target, BuildLibrary.ASSERTIONS ? Set.of() : Set.of("log.c"));
  }

  private static URLClassLoader loader(List<Path> classPath) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (Path entry : classPath) {
      urls.add(entry.toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(new URL[0]), JavaToC.class.getClassLoader());
  }

  private static void report(TeaVMTool tool) throws BuildException {
    for (Problem problem : tool.getProblemProvider().getProblems()) {
      DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
      problem.render(text);
      System.err.println(problem.getSeverity() + ": " + text.getText() + at(problem));
    }
    int errors = tool.getProblemProvider().getSevereProblems().size();
    if (errors > 0) {
      throw new BuildException("TeaVM found " + errors + " errors");
    }
  }

  private static String at(Problem problem) {
    if (problem.getLocation() == null) {
      return "";
    }
    return " in "
        + problem.getLocation().getMethod()
        + " at "
        + problem.getLocation().getSourceLocation();
  }

  private static void writeEntryFile(Path target, Set<String> alsoLeftOut) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(target.resolve("all.c"))) {
      if (line.startsWith(INCLUDE)) {
        String file = line.substring(INCLUDE.length(), line.length() - 1);
        if (!LEFT_OUT.contains(file) && !alsoLeftOut.contains(file)) {
          lines.add(line);
        }
      }
    }
    Files.write(target.resolve(ENTRY_FILE), lines);
  }
}
