package io.crsql.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a database is as a replica. */
@Command(
    name = "status",
    description = {
      "Show what a database is as a replica: its site and clock, its replicated tables, the sites"
          + " that it knows and how far, and its fingerprint, which is equal for files that have"
          + " converged.",
      "Nothing is written. Every change is read, which takes seconds for a million rows; --quick does"
          + " without."
    },
    footer = {
      "",
      "Of a table: rows; changes (cells and deletions) that others would be handed; entries of its"
          + " log, each a write of a row; how many of them are not folded into the row index yet.",
      "Of a site: up to which version all of its own writes are here, and until when, by its clock,"
          + " all that it held is here.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DB", description = "The database file.")
  private Path file;

  @Option(names = "--json", description = "One JSON object; what is not known is null.")
  private boolean json;

  @Option(
      names = "--quick",
      description = "Leave out what takes reading every change: their number and the fingerprint.")
  private boolean quick;

  @Override
  public Integer call() throws SQLException, IOException {
    Status status;
    try (Database database = Database.open(file)) {
      status = Status.read(database, quick);
    }
    long bytes = Files.size(file);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      StatusJson.print(file, bytes, status, out);
    } else {
      boolean ansi = spec.commandLine().getColorScheme().ansi().enabled();
      new StatusPage(new Page(out, ansi), file).print(bytes, status);
    }
    return 0;
  }
}
