package io.crsql.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what all its subcommands share. */
@Command(
    name = "crsql",
    description = "SQLite databases that merge: change copies apart, and bring them together.",
    subcommands = {
      DemoCommand.class,
      AsCrrCommand.class,
      MergeCommand.class,
      ChangesCommand.class,
      ShellCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    usageHelpWidth = 100,
    usageHelpAutoWidth = false,
    footer = {
      "",
      "Try: crsql demo",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage. CRSQL_DEBUG=1 is the same as --debug."
    })
final class CrsqlCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      description = "Show the stack trace of a failure.",
      scope = ScopeType.INHERIT)
  private boolean debug;

  /** The command, ready to be executed. */
  static CommandLine commandLine() {
    CrsqlCommand command = new CrsqlCommand();
    CommandLine commandLine = new CommandLine(command);
    commandLine.setExecutionExceptionHandler(
        (e, failed, parsed) -> Errors.failure(failed, e, command.debug()));
    commandLine.setParameterExceptionHandler((e, args) -> Errors.usage(e));
    CommandLine shell = commandLine.getSubcommands().get("shell");
    shell.setStopAtPositional(true).setUnmatchedOptionsArePositionalParams(true);
    return commandLine;
  }

  private boolean debug() {
    return debug || "1".equals(System.getenv("CRSQL_DEBUG"));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given; crsql --help lists them");
  }
}
