package io.crsql.engine.inspect;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Checks that no tick has been given twice, over all logs. */
final class ArrivalCheck {
  private final Schema schema;
  private final Report report;

  /** A log's entry. */
  private static final class Head {
    final String table;
    final Stmt entries;

    Head(String table, Stmt entries) {
      this.table = table;
      this.entries = entries;
    }

    long at() {
      return entries.getLong(0);
    }

    /** The last tick that a version of the entry tells of. */
    long end() {
      boolean cells = entries.type(1) == ValueType.NULL && entries.type(2) == ValueType.INTEGER;
      long cols = cells ? entries.getLong(2) & Long.MAX_VALUE : 0;
      return cols == 0 ? at() : at() + 63 - Long.numberOfLeadingZeros(cols);
    }
  }

  ArrivalCheck(Schema schema, Report report) {
    this.schema = schema;
    this.report = report;
  }

  void run(List<Crr> tables) {
    List<Stmt> open = new ArrayList<>();
    try {
      PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparingLong(Head::at));
      for (Crr crr : tables) {
        String log = schema.of(Names.log(crr.registeredName));
        begin(crr.name, "SELECT at, site, cols FROM " + log + " ORDER BY at", open, heads);
      }
      String parked = schema.of("crsql_parked");
      begin("crsql_parked", "SELECT at, 0, 0 FROM " + parked + " ORDER BY at", open, heads);
      merge(heads);
    } finally {
      for (Stmt stmt : open) {
        stmt.close();
      }
    }
  }

  private void begin(String table, String query, List<Stmt> open, PriorityQueue<Head> heads) {
    Stmt entries = schema.prepare(query);
    open.add(entries);
    if (entries.step()) {
      heads.add(new Head(table, entries));
    }
  }

  private void merge(PriorityQueue<Head> heads) {
    String before = "";
    long start = 0;
    long end = 0;
    while (!heads.isEmpty()) {
      Head head = heads.poll();
      if (head.at() <= end) {
        report.add(
            Report.table(head.table),
            "its entry " + head.at() + " and entry " + start + " of " + before + " overlap",
            Report.RESTORE);
      }
      before = Report.table(head.table);
      start = head.at();
      end = Math.max(end, head.end());
      if (head.entries.step()) {
        heads.add(head);
      }
    }
  }
}
