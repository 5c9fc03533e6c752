package io.crsql.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for damage in databases. */
@Command(
    name = "verify",
    description = {
      "Look for damage, and for writes that went past crsql: what crsql_verify() and SQLite's PRAGMA"
          + " integrity_check find, a sentence a line with what to do, or ok.",
      "Nothing is written. Values that were changed behind crsql's back cannot be found: compare"
          + " the fingerprints of files that have converged (crsql status)."
    },
    footer = {"", "Exit codes: 0 nothing was found, 1 something was or it failed, 2 wrong usage."})
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "DB", description = "The database files.")
  private List<Path> files;

  @Override
  public Integer call() throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    int code = CommandLine.ExitCode.OK;
    for (Path file : files) {
      List<String> found = found(file);
      if (found.isEmpty()) {
        out.println(file + ": ok");
      } else {
        found.forEach(sentence -> out.println(file + ": " + Words.visible(sentence)));
        code = CommandLine.ExitCode.SOFTWARE;
      }
    }
    return code;
  }

  private static List<String> found(Path file) throws SQLException {
    try (Database database = Database.open(file)) {
      Verification verification = Verification.of(database);
      List<String> found = new ArrayList<>(verification.crsql());
      found.addAll(verification.integrity());
      return found;
    } catch (Failure e) {
      return List.of(Verification.damage(e).orElseThrow(() -> e));
    } catch (SQLException e) {
      throw new Failure(file + ": " + Errors.message(e), e);
    }
  }
}
