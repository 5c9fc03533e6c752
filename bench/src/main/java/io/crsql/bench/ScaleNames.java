package io.crsql.bench;

import java.util.Map;

/** How the works of --scale are called. */
final class ScaleNames {
  private static final Map<String, String> WORKS =
      Map.of(
          "grow", "INSERT, 100,000 rows a transaction",
          "grow_delta_rows", "100 new cells of these, crsql_changes",
          "grow_delta_changeset", "100 new cells of these, crsql_changeset",
          "grow_fold", "crsql_optimize of these",
          "transaction", "INSERT, all in one transaction",
          "statement", "UPDATE of these in one statement",
          "same_row", "UPDATE of one row, 1,000 a transaction",
          "sites_rows", "100 new cells among so many sites, crsql_changes",
          "sites_changeset", "100 new cells among so many sites, crsql_changeset");

  private ScaleNames() {}

  static String of(String work) {
    return WORKS.getOrDefault(work, work);
  }
}
