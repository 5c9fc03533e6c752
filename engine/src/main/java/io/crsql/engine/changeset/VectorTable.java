package io.crsql.engine.changeset;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.VirtualTable;

/** The table-valued function {@code crsql_vector(vector)}: the sites of a version vector. */
public final class VectorTable implements VirtualTable {
  static final String NAME = "crsql_vector";

  /** The columns, by their place in the declaration. */
  static final int SITE = 0;

  static final int VERSION = 1;
  static final int ARRIVAL = 2;
  static final int VECTOR = 3;

  @Override
  public String declaration() {
    return "CREATE TABLE crsql_vector(site BLOB, version INTEGER, arrival INTEGER,"
        + " vector BLOB HIDDEN)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    for (int i = 0; i < info.constraints(); i++) {
      if (info.column(i) == VECTOR && info.operator(i) == IndexInfo.EQ) {
        if (!info.usable(i)) {
          throw new SqliteException(SqliteException.CONSTRAINT, NAME + ": another plan, please");
        }
        info.use(i, 0, true);
        info.plan(1, 100, 100, false);
        return;
      }
    }
    throw new SqliteException(
        SqliteException.ERROR, NAME + ": it takes a version vector, as in crsql_vector(:vector)");
  }

  @Override
  public Cursor open() {
    return new VectorCursor();
  }

  @Override
  public void disconnect() {}
}
