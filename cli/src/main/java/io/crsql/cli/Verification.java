package io.crsql.cli;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What is wrong in a database, a sentence each: what, and what to do.
 *
 * @param crsql what crsql_verify() finds: in crsql's tables, and in the user's against them
 * @param integrity what PRAGMA integrity_check finds in the file as such
 */
record Verification(List<String> crsql, List<String> integrity) {
  private static final String RESTORE =
      "restore the file from a backup or make it anew from a peer";

  /**
   * Looks for it.
   *
   * @throws SQLException if the database cannot be read for another reason than damage
   */
  static Verification of(Database database) throws SQLException {
    return new Verification(
        findings(() -> database.text("SELECT crsql_verify()").lines().toList()),
        findings(() -> integrity(database)));
  }

  private static List<String> integrity(Database database) throws SQLException {
    return database.rows("PRAGMA integrity_check", row -> row.getString(1)).stream()
        .flatMap(String::lines)
        .filter(line -> !line.startsWith("*** in database"))
        .map(line -> line.equals("ok") ? line : "integrity_check: " + line + "; " + remedy(line))
        .toList();
  }

  private static String remedy(String line) {
    if (line.contains(" index ")) {
      return "run REINDEX";
    }
    boolean constraint = line.startsWith("NULL value in ") || line.startsWith("CHECK constraint ");
    return constraint ? "find the rows, and write values that the table takes" : RESTORE;
  }

  private static List<String> findings(Check check) throws SQLException {
    try {
      List<String> lines = check.lines();
      return lines.equals(List.of("ok")) ? List.of() : lines;
    } catch (SQLException e) {
      return List.of(damage(e).orElseThrow(() -> e));
    }
  }

  /** Damage can be such that SQLite refuses to look at it: that is a finding too, if it is that. */
  static Optional<String> damage(Throwable e) {
    Throwable cause = e instanceof Failure ? e.getCause() : e;
    if (!(cause instanceof SQLiteException sqlite)) {
      return Optional.empty();
    }
    int code = sqlite.getResultCode().code & 0xff;
    boolean damage =
        code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    return damage
        ? Optional.of("it cannot be read: " + Errors.message(sqlite) + "; " + RESTORE)
        : Optional.empty();
  }

  private interface Check {
    List<String> lines() throws SQLException;
  }
}
