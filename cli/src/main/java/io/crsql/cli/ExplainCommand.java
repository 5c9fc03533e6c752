package io.crsql.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells where a value comes from. */
@Command(
    name = "explain",
    description = {
      "Tell of one value who wrote it, when in versions, and what it won against.",
      "A value of the key is a number as it is, text as it is or in quotes (\"'1'\" is the text 1,"
          + " \"'it''s'\" has a quote), or a blob as \"x'00ff'\"."
    },
    footer = {
      "",
      "For example: crsql explain app.db todo 1 title",
      "",
      "What it won against is what this file has seen lose: a write that was overwritten before it"
          + " came here is not there.",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
final class ExplainCommand implements Callable<Integer> {
  /** How a table that has only a key is asked for its rows. */
  private static final String NO_COLUMN = "NULL";

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "The database file.")
  private Path file;

  @Parameters(index = "1", paramLabel = "TABLE", description = "A replicated table.")
  private String table;

  @Parameters(
      index = "2..*",
      arity = "2..*",
      paramLabel = "KEY... COLUMN",
      hideParamSyntax = true,
      description = {
        "The values of the row's key, in its order, and the name of the column: NULL for the row"
            + " itself in a table that has only a key."
      })
  private List<String> cell;

  @Option(names = "--json", description = "What crsql_explain gives: one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = Database.open(file)) {
      String explained = explain(database);
      if (json) {
        out.println(explained);
      } else {
        print(Explanation.of(database, explained), out);
      }
    }
    return 0;
  }

  private String explain(Database database) throws SQLException {
    List<Object> arguments = new ArrayList<>(List.of(table));
    for (String key : cell.subList(0, cell.size() - 1)) {
      requireNoOption(key);
      arguments.add(Literal.parse(key));
    }
    String column = cell.get(cell.size() - 1);
    requireNoOption(column);
    arguments.add(column.equals(NO_COLUMN) ? null : column);
    String places = String.join(", ", Collections.nCopies(arguments.size(), "?"));
    try {
      return database.text("SELECT crsql_explain(" + places + ")", arguments.toArray());
    } catch (SQLException e) {
      throw new Failure(file + ": " + Errors.message(e), e);
    }
  }

  /** Negative numbers are no options, so that picocli is told to leave all such words to us. */
  private void requireNoOption(String word) {
    if (word.startsWith("-") && Literal.parse(word) instanceof String) {
      throw new ParameterException(
          spec.commandLine(),
          "Unknown option: '"
              + word
              + "'; a key that begins so goes in quotes: \"'"
              + word
              + "'\"");
    }
  }

  private static void print(Explanation explanation, PrintWriter out) {
    out.println(Words.visible(explanation.heading()));
    explanation.sentences().forEach(sentence -> out.println(Page.INDENT + sentence));
  }
}
