package io.crsql.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Converges a user's own files. */
@Command(
    name = "merge",
    description = {
      "Bring database files to the same state: each gets what the others have. Every replicated"
          + " table takes part; other tables are left alone.",
      "Files are merged pair by pair, each merge in one transaction. What is in conflict is decided"
          + " the same way in every file: crsql demo shows how."
    })
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DB", description = "A database file.")
  private Path first;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "DB", description = "The others.")
  private List<Path> others;

  private final List<Path> files = new ArrayList<>();

  @Override
  public Integer call() throws SQLException, IOException {
    files.add(first);
    files.addAll(others);
    requireDistinct();
    List<Database> databases = new ArrayList<>();
    try {
      for (Path file : files) {
        databases.add(Database.open(file));
      }
      merge(databases);
    } finally {
      for (Database database : databases) {
        database.close();
      }
    }
    return 0;
  }

  private void requireDistinct() throws IOException {
    for (int i = 0; i < files.size(); i++) {
      for (int j = 0; j < i; j++) {
        boolean there = Files.exists(files.get(i)) && Files.exists(files.get(j));
        if (there && Files.isSameFile(files.get(i), files.get(j))) {
          throw new Failure(files.get(j) + " and " + files.get(i) + " are the same file");
        }
      }
    }
  }

  private void merge(List<Database> databases) throws SQLException {
    Schema schema = Schema.read(databases.get(0));
    for (Database other : databases.subList(1, databases.size())) {
      schema.requireSame(Schema.read(other));
    }
    requireOwnSites(databases);
    Convergence convergence = new Convergence(databases);
    String fingerprint = convergence.reach();
    PrintWriter out = spec.commandLine().getOut();
    int width = files.stream().mapToInt(file -> file.toString().length()).max().orElse(0);
    for (Database database : databases) {
      String merged = Words.count(convergence.merged(database), "change") + " merged";
      out.printf("%-" + width + "s  %20s  fingerprint %s%n", database.file(), merged, fingerprint);
    }
    out.println("converged: " + databases.size() + " files, replicated: " + schema.tablesShown());
  }

  /** A copied file goes on with the original's site, and the two give one stamp to two writes. */
  private static void requireOwnSites(List<Database> databases) throws SQLException {
    Map<String, Path> sites = new HashMap<>();
    for (Database database : databases) {
      String site = Words.hex(database.siteId());
      Path twin = sites.putIfAbsent(site, database.file());
      if (twin != null) {
        throw new Failure(
            database.file()
                + ": has the same site id as "
                + twin
                + ": one is a copy of the other, and their writes cannot be told apart; open one of"
                + " them with crsql shell and run: SELECT hex(crsql_new_site());");
      }
    }
  }
}
