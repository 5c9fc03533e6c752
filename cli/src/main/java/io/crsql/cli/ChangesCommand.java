package io.crsql.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a database's changes. */
@Command(
    name = "changes",
    description = "Show the changes that a database would hand to others, oldest arrival first.",
    footer = {
      "",
      "The table shows: table, pk (the row's key), cid (the column's number or name, -1 for a"
          + " deletion), val, version and site_id (who wrote it: empty for this database), and"
          + " db_version (when it arrived here). In pk and val, text and blobs are SQL literals.",
      "",
      "With --json, one object a line with every column:",
      "  table, col        strings (col is null for a deletion)",
      "  pk, val           number or null as they are; text, blobs and composite keys as a string",
      "                    with SQL literals: \"'it''s'\", \"X'00FF'\", \"'a'|1\"; infinity: \"9e999\"",
      "  cid               number or string",
      "  version, cl,      integers of up to 64 bits",
      "  db_version",
      "  site_id           32 hexadecimal digits, this database's own changes included",
      "",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
final class ChangesCommand implements Callable<Integer> {
  private static final String QUERY =
      "SELECT \"table\", pk, cid, val, version, site_id, col, cl, db_version"
          + " FROM crsql_changes WHERE db_version > ?";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DB", description = "The database file.")
  private Path file;

  @Option(
      names = "--since",
      paramLabel = "N",
      description = "Only what arrived later: db_version > N. Nothing is missed or seen twice.")
  private long since;

  @Option(names = "--json", description = "One JSON object a line, with every column.")
  private boolean json;

  @Override
  public Integer call() throws SQLException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Database database = Database.open(file)) {
      Schema.read(database);
      byte[] site = database.siteId();
      try (PreparedStatement statement = database.prepare(QUERY)) {
        statement.setLong(1, since);
        try (ResultSet changes = statement.executeQuery()) {
          if (json) {
            ChangesJson.print(changes, site, out);
          } else {
            ChangesTable.print(changes, out);
          }
        }
      }
    }
    return 0;
  }
}
