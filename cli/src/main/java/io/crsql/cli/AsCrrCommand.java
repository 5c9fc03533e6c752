package io.crsql.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes tables replicated. */
@Command(
    name = "as-crr",
    description = {
      "Make tables replicated: from now on their changes can be merged into other files.",
      "All of the named tables or, if one of them cannot be replicated, none."
    })
final class AsCrrCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "The database file.")
  private Path file;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TABLE", description = "The tables.")
  private List<String> tables;

  @Override
  public Integer call() throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = Database.open(file)) {
      database.write(() -> replicate(database));
      for (String table : tables) {
        long changes =
            database.number(
                "SELECT count(*) FROM crsql_changes WHERE \"table\" = ? COLLATE NOCASE", table);
        out.println(file + ": " + table + " is replicated, " + Words.count(changes, "change"));
      }
    }
    return 0;
  }

  private void replicate(Database database) throws SQLException {
    for (String table : tables) {
      try (PreparedStatement statement = database.prepare("SELECT crsql_as_crr(?)")) {
        statement.setString(1, table);
        statement.execute();
      } catch (SQLException e) {
        throw new Failure(file + ": " + Errors.message(e), e);
      }
    }
  }
}
