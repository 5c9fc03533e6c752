package io.crsql.cli;

import io.crsql.jdbc.Crsql;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** SQLite's own shell, with the extension loaded. */
@Command(
    name = "shell",
    description = {
      "Start sqlite3, SQLite's own shell, with crsql loaded.",
      "All arguments go to sqlite3, for example: crsql shell -box app.db 'SELECT * FROM"
          + " crsql_changes'"
    })
final class ShellCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "ARG", description = "The database file, options, SQL.")
  private List<String> args = new ArrayList<>();

  @Override
  public Integer call() throws SQLException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sqlite3", "-cmd", load()));
    command.addAll(args);
    spec.commandLine().getOut().flush();
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new Failure("sqlite3 is missing; install it with: apt-get install -y sqlite3", e);
    }
  }

  private static String load() throws SQLException {
    String path = Crsql.library().toString();
    return ".load \"" + path.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
