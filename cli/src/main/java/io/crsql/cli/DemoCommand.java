package io.crsql.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the Animal App. */
@Command(
    name = "demo",
    description = {
      "Watch three people change the same table, each offline and in a file of their own, then"
          + " merge: what was in conflict, which write won, and why."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep the three database files there, to look into them afterwards.")
  private Path kept;

  @Override
  public Integer call() throws SQLException, IOException {
    Path folder =
        kept == null ? Files.createTempDirectory("crsql-demo") : Files.createDirectories(kept);
    boolean ansi = spec.commandLine().getColorScheme().ansi().enabled();
    Page page = new Page(spec.commandLine().getOut(), ansi);
    try {
      AnimalApp.play(folder, page);
    } finally {
      if (kept == null) {
        delete(folder);
      }
    }
    page.line("");
    if (kept == null) {
      page.line("The files are deleted again; crsql demo --keep DIR keeps them.");
    } else {
      page.line("The files are kept. Look into them, change them and merge them again:");
      String alice = AnimalApp.file(kept, "Alice").toString();
      page.line("  crsql shell " + alice);
      page.line("  crsql changes " + alice);
      page.line(
          "  crsql merge "
              + String.join(" ", AnimalApp.files(kept).stream().map(Path::toString).toList()));
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
