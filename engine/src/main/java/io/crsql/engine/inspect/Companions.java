package io.crsql.engine.inspect;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Stmt;

/** Checks that a CRR's log, row index, its index and held rows are there. */
final class Companions {
  private final Schema schema;
  private final Crr crr;
  private final Report report;

  Companions(Schema schema, Crr crr, Report report) {
    this.schema = schema;
    this.crr = crr;
    this.report = report;
  }

  /** Whether they can be read. */
  boolean check() {
    boolean readable =
        check(Names.log(crr.registeredName), "at, cols, part, site, version, ")
            & check(Names.rows(crr.registeredName), "cl, events, ")
            & check(Names.held(crr.registeredName), "slot, cl, ");
    if (readable) {
      index(
          "the index of its rows' later lives is missing",
          Names.lives(crr.id),
          "__crsql_rows",
          "(" + crr.logKey() + ", cl) WHERE cl <> 1");
    }
    return readable;
  }

  private boolean check(String companion, String columns) {
    String query = "SELECT " + columns + crr.logKey() + " FROM " + schema.of(companion);
    return report.attempt(Report.table(crr.name), () -> schema.prepare(query).close());
  }

  private void index(String problem, String name, String suffix, String ends) {
    String table = crr.registeredName + suffix;
    try (Stmt stmt =
        schema.prepare(
            "SELECT 1 FROM "
                + schema.of("sqlite_schema")
                + " WHERE type = 'index' AND tbl_name = ?1 COLLATE NOCASE"
                + " AND substr(sql, -length(?2)) = ?2")) {
      stmt.bindText(1, table);
      stmt.bindText(2, ends);
      if (!stmt.step()) {
        report.add(
            Report.table(crr.name),
            problem,
            "CREATE INDEX " + name + " ON " + Names.quote(table) + ends);
      }
    }
  }
}
