package io.crsql.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for what keeps crsql from working here. */
@Command(
    name = "doctor",
    description = {
      "Look for what keeps crsql from working here, or a database from being replicated: a line"
          + " for each check, ok, warning or problem, with what to do.",
      "Nothing is written. A database is read as a whole, as by crsql verify."
    },
    footer = {"", "Exit codes: 0 no problem, 1 a problem was found, 2 wrong usage."})
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "DB", description = "A database file to check too.")
  private Path file;

  @Override
  public Integer call() {
    boolean ansi = spec.commandLine().getColorScheme().ansi().enabled();
    Diagnosis diagnosis = new Diagnosis(new Page(spec.commandLine().getOut(), ansi));
    Surroundings.check(diagnosis);
    if (file != null) {
      if (Files.isRegularFile(file)) {
        FileCheckup.access(diagnosis, file);
      }
      diagnosis.attempt(
          "file",
          () -> {
            try (Database database = Database.open(file)) {
              FileCheckup.check(diagnosis, database);
              ReplicaCheckup.check(diagnosis, database);
            }
          });
    }
    diagnosis.conclude();
    return diagnosis.hasProblem() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }
}
