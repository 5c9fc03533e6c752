package io.crsql.bench;

import java.util.Map;

/** How works in the browser are called on the page. */
final class WebNames {
  private static final String PLAIN = "plain_";

  private static final Map<String, String> WORKS =
      Map.ofEntries(
          Map.entry("size_gzip", "download, gzip -9"),
          Map.entry("size_brotli", "download, brotli -q 11"),
          Map.entry("load", "load, until the first crsql_as_crr is done"),
          Map.entry("insert", "INSERT, one transaction"),
          Map.entry("insert_statement", "INSERT, one statement"),
          Map.entry("insert_transactions", "INSERT, one row per transaction"),
          Map.entry("update", "UPDATE one column, one statement"),
          Map.entry("select", "SELECT over the table"),
          Map.entry("read_changes", "read all, crsql_changes"),
          Map.entry("merge_changes", "merge all, crsql_changes"),
          Map.entry("merge_changes_again", "the same again, crsql_changes"),
          Map.entry("read_changesets", "read all, changesets"),
          Map.entry("merge_changesets", "merge all, crsql_apply"),
          Map.entry("merge_changesets_again", "the same again, crsql_apply"));

  private WebNames() {}

  /** The work's name in words; its own where there is none. */
  static String of(String work) {
    return work.startsWith(PLAIN)
        ? "plain SQLite: " + of(work.substring(PLAIN.length()))
        : WORKS.getOrDefault(work, work);
  }
}
