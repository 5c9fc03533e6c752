package io.crsql.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      SyncCommand.class,
      ChangesCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      VerifyCommand.class,
      DoctorCommand.class,
      ShellCommand.class,
      ServeCommand.class,
      HelpCommand.class
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
final class CrsqlCommand implements Callable<Integer> {
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
    // Keys may be negative numbers.
    commandLine.getSubcommands().get("explain").setUnmatchedOptionsArePositionalParams(true);
    return commandLine;
  }

  private boolean debug() {
    return debug || "1".equals(System.getenv("CRSQL_DEBUG"));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
