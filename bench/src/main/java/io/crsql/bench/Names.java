package io.crsql.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How works and figures are called on the page and in the plots. */
final class Names {
  private static final Map<String, String> WORKS = new LinkedHashMap<>();

  static {
    WORKS.put("insert", "INSERT, one transaction");
    WORKS.put("update_column", "UPDATE one column, row by row");
    WORKS.put("update_statement", "UPDATE one column, one statement");
    WORKS.put("update_all", "UPDATE all columns, row by row");
    WORKS.put("delete_half", "DELETE half, row by row");
    WORKS.put("insert_transactions", "INSERT, one row per transaction");
    WORKS.put("adopt", "crsql_as_crr on the filled table");
    WORKS.put("insert_and_fold", "INSERT, and the fold of it");
    WORKS.put("update_column_and_fold", "UPDATE one column, row by row, and the fold of it");
    WORKS.put("update_statement_and_fold", "UPDATE one column, one statement, and the fold of it");
    WORKS.put("update_all_and_fold", "UPDATE all columns, row by row, and the fold of it");
    WORKS.put("delete_half_and_fold", "DELETE half, row by row, and the fold of it");
    WORKS.put("fold", "crsql_optimize after the INSERT");
    WORKS.put("size", "file, before a fold");
    WORKS.put("size_folded", "file, after a fold");
    WORKS.put("size_update_column", "file, one column updated");
    WORKS.put("size_update_column_folded", "file, one column updated, folded");
    WORKS.put("size_update_all_folded", "file, all columns updated, folded");
    WORKS.put("size_delete_half_folded", "file, half deleted, folded");
    WORKS.put("merge_rows", "merge all, crsql_changes");
    WORKS.put("merge_changesets", "merge all, crsql_apply");
    WORKS.put("merge_rows_again", "the same again, crsql_changes");
    WORKS.put("merge_changesets_again", "the same again, crsql_apply");
    WORKS.put("read_changes", "read all, crsql_changes");
    WORKS.put("read_changes_folded", "read all, crsql_changes, folded");
    WORKS.put("read_changesets", "read all, changesets");
    WORKS.put("read_changesets_folded", "read all, changesets, folded");
    WORKS.put("select_by_key", "SELECT by key");
    WORKS.put("select_scan", "SELECT over the table");
    WORKS.put("delta_rows", "100 new cells, crsql_changes");
    WORKS.put("delta_changeset", "100 new cells, crsql_changeset");
    WORKS.put("load_first", "load, first connection");
    WORKS.put("load_later", "load, later connections");
  }

  private Names() {}

  /** The work's name in words; its own where there is none. */
  static String of(String work) {
    return WORKS.getOrDefault(work, work);
  }

  /** Two digits, as far as they mean something. */
  static String ratio(double value) {
    return value < 10 ? format("%.2f", value) : format("%.1f", value);
  }

  /** A time in the unit that suits it. */
  static String time(double seconds) {
    if (seconds < 1e-3) {
      return format("%.2f µs", seconds * 1e6);
    }
    return seconds < 1 ? format("%.2f ms", seconds * 1e3) : format("%.2f s", seconds);
  }

  static String megabytes(double bytes) {
    return format("%.1f MB", bytes / (1 << 20));
  }

  static String kilobytes(double bytes) {
    return format("%.0f KB", bytes / (1 << 10));
  }

  static String count(double value) {
    return format("%,.0f", value);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
