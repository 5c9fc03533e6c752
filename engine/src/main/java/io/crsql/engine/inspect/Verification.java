package io.crsql.engine.inspect;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks everything that crsql keeps in a database, and that its tables' rows are those that it
 * knows of. Trusts nothing that it has not checked before, and keeps nothing that grows with the
 * data: SQLite does the joins.
 */
final class Verification {
  private final Replica replica;
  private final Report report = new Report();

  Verification(Replica replica) {
    this.replica = replica;
  }

  /** Runs all checks; {@code ok}, or what is wrong, a sentence a line. */
  String run() {
    FileCheck file = new FileCheck(replica.schema(), report);
    if (report.attempt("crsql's tables", file::run) && file.readable()) {
      report.attempt("the replicated tables", () -> tables(file.sound()));
    }
    return report.toString();
  }

  private void tables(List<Long> sound) {
    replica
        .registry()
        .refresh(replica.transaction().isOpen() || replica.schema().db().autocommit());
    List<Crr> complete = new ArrayList<>();
    boolean intact = sound.size() == replica.registry().all().size();
    for (long id : sound) {
      Crr crr = replica.registry().byId(id);
      if (crr == null) {
        continue;
      }
      if (!new Companions(replica.schema(), crr, report).check()) {
        intact = false;
        continue;
      }
      if (crr.fault() != null) {
        report.add(crr.fault());
      }
      if (crr.readable()) {
        complete.add(crr);
      }
    }
    long clock = intact ? clock() : Clock.MAX;
    new ArrivalCheck(replica.schema(), report).run(complete);
    for (Crr crr : complete) {
      String table = Report.table(crr.name);
      LogCheck log = new LogCheck(replica.schema(), crr, clock, report);
      report.attempt(table, log::entries);
      report.attempt(table, log::deletions);
      report.attempt(table, log::index);
      report.attempt(table, () -> new RowCheck(replica.schema(), crr, report).run());
    }
  }

  /** The greatest version that there can be in the file; in a transaction, memory knows more. */
  private long clock() {
    long inFile = replica.clock().inFile();
    if (replica.transaction().isOpen()) {
      return Math.max(inFile, replica.clock().now());
    }
    return inFile;
  }
}
