package io.crsql.cli;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line and an exit code. */
final class Errors {
  /** How the driver wraps SQLite's own message: code, the code's description, and the message. */
  private static final Pattern DRIVER =
      Pattern.compile("\\[SQLITE_\\w+] [^(]*(?:\\([^)]*\\) )?\\((.*)\\)", Pattern.DOTALL);

  private static final String PREFIX = "crsql: ";

  private Errors() {}

  static int failure(CommandLine command, Exception e, boolean debug) {
    PrintWriter err = command.getErr();
    err.println(line(message(e)));
    if (debug) {
      e.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  static int usage(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = e.getMessage();
    err.println(line(message + suggestion(e) + "; see " + name + " --help"));
    return CommandLine.ExitCode.USAGE;
  }

  private static String suggestion(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      return suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
    }
    return "";
  }

  /** The message, without what the driver adds to SQLite's. */
  static String message(Throwable e) {
    String message = e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    if (e instanceof SQLException) {
      Matcher matcher = DRIVER.matcher(message);
      return matcher.matches() ? matcher.group(1) : message;
    }
    return e instanceof Failure ? message : e.getClass().getSimpleName() + ": " + message;
  }

  private static String line(String message) {
    String line = message.replaceAll("\\s*\\R\\s*", " ");
    return line.startsWith(PREFIX) ? line : PREFIX + line;
  }
}
