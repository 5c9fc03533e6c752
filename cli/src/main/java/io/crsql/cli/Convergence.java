package io.crsql.cli;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Exchanges changes between databases until all are equal.
 *
 * <p>Along the row of files and back again: on the way out the last one gets everything, on the way
 * back everybody does. A user's triggers may write while merging, and what they write is for the
 * others to merge; hence several rounds, and a bound on them.
 */
final class Convergence {
  private static final int ROUNDS = 8;

  private final List<Database> databases;
  private final Map<Database, Long> before = new HashMap<>();

  Convergence(List<Database> databases) throws SQLException {
    this.databases = databases;
    for (Database database : databases) {
      before.put(database, database.clock());
    }
  }

  /** Merges until all fingerprints are equal, and gives it. */
  String reach() throws SQLException {
    Set<String> fingerprints = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      int last = databases.size() - 1;
      for (int i = 0; i < last; i++) {
        exchange(databases.get(i), databases.get(i + 1));
      }
      for (int i = last; i > 0; i--) {
        exchange(databases.get(i), databases.get(i - 1));
      }
      fingerprints = fingerprints();
      if (fingerprints.size() == 1) {
        return fingerprints.iterator().next();
      }
    }
    throw new Failure(
        "the files did not converge: "
            + fingerprints.size()
            + " states remain after "
            + ROUNDS
            + " rounds; a trigger that writes whenever it merges does this (guard it with WHEN NOT"
            + " crsql_merging()), as do tables that differ in collation, constraints or triggers"
            + " (SELECT * FROM crsql_held lists the rows that a file's table refuses)");
  }

  private void exchange(Database from, Database to) throws SQLException {
    try {
      Catchup.run(from, to);
    } catch (SQLException e) {
      throw new Failure(
          "merging " + from.file() + " into " + to.file() + ": " + Errors.message(e), e);
    }
  }

  private Set<String> fingerprints() throws SQLException {
    Set<String> fingerprints = new HashSet<>();
    for (Database database : databases) {
      fingerprints.add(database.fingerprint());
    }
    return fingerprints;
  }

  /** How many of the changes that the database now holds have come from others. */
  long merged(Database database) throws SQLException {
    return database.number(
        "SELECT count(*) FROM crsql_changes WHERE db_version > ? AND site_id IS NOT NULL",
        before.get(database));
  }
}
