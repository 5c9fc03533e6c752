package io.crsql.engine.held;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.value.Literals;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A query's cursor on {@code crsql_held}: table by table. */
final class HeldCursor implements Cursor {
  private final SchemaColumn schema;
  private final Literals literals = new Literals();
  private Replica replica;

  /** How the query spells the database's name: SQLite may compare it again. */
  private String name;

  private Iterator<Crr> tables;
  private Crr crr;
  private Stmt rows;
  private long rowid;

  HeldCursor(SchemaColumn schema) {
    this.schema = schema;
  }

  @Override
  public void filter(int plan, Values args) {
    close();
    rowid = 0;
    replica = plan == 0 ? schema.main() : schema.named(args, 0);
    name = plan == 0 ? replica.schema().name() : args.getText(0);
    tables = tables().iterator();
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
      rows = replica.schema().prepare(query(crr));
    }
  }

  /** The CRRs that hold rows now. */
  private List<Crr> tables() {
    replica.transaction().look();
    List<Crr> tables = new ArrayList<>();
    for (long id : replica.registry().all()) {
      Crr crr = replica.registry().byId(id);
      if (crr != null && crr.readable() && replica.logs().of(crr).holds()) {
        tables.add(crr);
      }
    }
    return tables;
  }

  /** What the tail has written since is in the user's table, or deleted, and no longer held. */
  private String query(Crr crr) {
    return "SELECT "
        + crr.logKey()
        + ", \"text\" FROM "
        + replica.schema().of(Names.held(crr.registeredName))
        + " AS r WHERE slot < 0 AND NOT EXISTS(SELECT 1 FROM "
        + replica.schema().of(Names.quote(crr.name))
        + " AS t WHERE "
        + crr.sameKey()
        + ") AND NOT EXISTS(SELECT 1 FROM "
        + replica.schema().of(Names.log(crr.registeredName))
        + " AS l WHERE cols = 0 AND site IS NULL AND at > "
        + replica.logs().of(crr).folded()
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
      case HeldTable.REASON:
        result.setValue(rows, crr.keyColumns());
        break;
      default:
        result.setText(name);
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
