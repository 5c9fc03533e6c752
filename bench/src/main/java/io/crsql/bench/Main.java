package io.crsql.bench;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Runs the benchmark and ends the process with its exit code. */
public final class Main {
  private Main() {}

  /** The command's arguments are {@code args}. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    CommandLine command = new CommandLine(new BenchCommand());
    command.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          if (!(e instanceof Failure)) {
            throw e;
          }
          PrintWriter err = failed.getErr();
          err.println("crsql: " + e.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(command.execute(args));
  }
}
