package io.crsql.cli;

import io.crsql.sync.StoreException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line and an exit code. */
final class Errors {
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
    if (e instanceof SQLiteException sqlite) {
      return unwrapped(message, sqlite.getResultCode().toString());
    } else if (e instanceof SQLException) {
      return message;
    }
    return e instanceof Failure || e instanceof StoreException
        ? message
        : e.getClass().getSimpleName() + ": " + message;
  }

  /** The driver puts SQLite's message in parentheses, behind its own text for the result code. */
  private static String unwrapped(String message, String code) {
    String before = code + " (";
    boolean wrapped = message.startsWith(before) && message.endsWith(")");
    return wrapped ? message.substring(before.length(), message.length() - 1) : message;
  }

  private static String line(String message) {
    String line = message.replaceAll("\\s*\\R\\s*", " ");
    return line.startsWith(PREFIX) ? line : PREFIX + line;
  }
}
