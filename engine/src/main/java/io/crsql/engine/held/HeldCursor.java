package io.crsql.engine.held;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.value.Literals;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;
import java.util.Iterator;

/** A query's cursor on {@code crsql_held}: table by table. */
final class HeldCursor implements Cursor {
  private final HeldTable table;
  private final Literals literals = new Literals();
  private Iterator<Crr> tables;
  private Crr crr;
  private Stmt rows;
  private long rowid;

  HeldCursor(HeldTable table) {
    this.table = table;
  }

  @Override
  public void filter(int plan, Values args) {
    close();
    rowid = 0;
    tables = table.tables().iterator();
    next();
  }

  @Override
  public void next() {
    rowid++;
    while (rows == null || !rows.step()) {
      close();
      if (!tables.hasNext()) {
        return;
      }
      crr = tables.next();
      rows = table.schema().prepare(query(crr));
    }
  }

  /** What the tail has written since is in the user's table, or deleted, and no longer held. */
  private String query(Crr crr) {
    return "SELECT "
        + crr.logKey()
        + ", \"text\" FROM "
        + table.schema().of(Names.held(crr.registeredName))
        + " AS r WHERE slot < 0 AND NOT EXISTS(SELECT 1 FROM "
        + table.schema().of(Names.quote(crr.name))
        + " AS t WHERE "
        + crr.sameKey()
        + ") AND NOT EXISTS(SELECT 1 FROM "
        + table.schema().of(Names.log(crr.registeredName))
        + " AS l WHERE cols = 0 AND site IS NULL AND at > "
        + table.log(crr).folded()
        + " AND "
        + crr.sameLogKey("l.", "r.")
        + ")";
  }

  @Override
  public boolean eof() {
    return rows == null;
  }

  @Override
  public void column(Result result, int i) {
    switch (i) {
      case HeldTable.TABLE:
        result.setText(crr.name);
        break;
      case HeldTable.PK:
        literals.key(rows, 0, crr.keyColumns(), result);
        break;
      default:
        result.setValue(rows, crr.keyColumns());
    }
  }

  @Override
  public long rowid() {
    return rowid;
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
