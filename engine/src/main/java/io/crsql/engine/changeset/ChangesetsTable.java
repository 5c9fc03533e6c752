package io.crsql.engine.changeset;

import io.crsql.engine.replica.Replicas;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.VirtualTable;

/** The table-valued function {@code crsql_changesets(since, max_bytes)}. */
public final class ChangesetsTable implements VirtualTable {
  static final String NAME = "crsql_changesets";

  /** The columns, by their place in the declaration. */
  static final int CHANGESET = 0;

  static final int LAST = 1;
  static final int SINCE = 2;
  static final int MAX_BYTES = 3;
  static final int SCHEMA = 4;
  static final int UNTIL = 5;
  static final int ROWS = 6;

  /** The bits of a plan: which arguments there are, in that order. */
  static final int HAS_SCHEMA = 1;

  static final int HAS_SINCE = 2;
  static final int HAS_MAX_BYTES = 4;

  private final SchemaColumn schema;

  /** The changesets of a connection's databases. */
  public ChangesetsTable(Replicas replicas) {
    this.schema = new SchemaColumn(NAME, SCHEMA, replicas);
  }

  @Override
  public String declaration() {
    return "CREATE TABLE crsql_changesets(changeset BLOB, last INTEGER, since BLOB HIDDEN,"
        + " max_bytes INTEGER HIDDEN, schema TEXT HIDDEN, until INTEGER HIDDEN,"
        + " rows INTEGER HIDDEN)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    int plan = schema.choose(info) ? HAS_SCHEMA : 0;
    plan |= choose(info, SINCE, Integer.bitCount(plan)) ? HAS_SINCE : 0;
    plan |= choose(info, MAX_BYTES, Integer.bitCount(plan)) ? HAS_MAX_BYTES : 0;
    info.plan(plan, 1e6, 100, false);
  }

  /** Asks for the value that a query gives a column, as an argument; false if it gives none. */
  private static boolean choose(IndexInfo info, int column, int arg) {
    for (int i = 0; i < info.constraints(); i++) {
      if (info.column(i) == column && info.operator(i) == IndexInfo.EQ) {
        if (!info.usable(i)) {
          throw new SqliteException(SqliteException.CONSTRAINT, NAME + ": another plan, please");
        }
        info.use(i, arg, true);
        return true;
      }
    }
    return false;
  }

  @Override
  public Cursor open() {
    return new ChangesetsCursor(schema);
  }

  @Override
  public void disconnect() {}
}
