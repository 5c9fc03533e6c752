package io.crsql.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/** What crsql sync says. */
final class SyncReport {
  private final PrintWriter out;
  private final Path file;

  SyncReport(PrintWriter out, Path file) {
    this.out = out;
    this.file = file;
  }

  /** What has happened just now, while watching. */
  void event(String what) {
    out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  " + Words.visible(what));
    out.flush();
  }

  /** What was done at all. */
  void summary(long rows, long changesets) throws SQLException {
    try (Database database = Database.open(file)) {
      String fingerprint =
          database.isReplica() ? "fingerprint " + database.fingerprint() : "nothing replicated";
      out.println(file + ": " + moved(rows, changesets) + ", " + fingerprint);
      out.flush();
    }
  }

  static String moved(long rows, long changesets) {
    return Words.count(rows, "row")
        + " received, "
        + Words.count(changesets, "changeset")
        + " sent";
  }
}
