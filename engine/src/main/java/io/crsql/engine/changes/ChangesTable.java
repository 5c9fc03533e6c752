package io.crsql.engine.changes;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.Replicas;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import io.crsql.sqlite.WritableTable;

/** The virtual table {@code crsql_changes}. */
public final class ChangesTable implements WritableTable {
  /** The columns, by their place in the declaration. */
  static final int TABLE = 0;

  static final int PK = 1;
  static final int CID = 2;
  static final int VAL = 3;
  static final int VERSION = 4;
  static final int SITE_ID = 5;
  static final int COL = 6;
  static final int CL = 7;
  static final int DB_VERSION = 8;
  static final int SCHEMA = 9;

  private final SchemaColumn schema;

  /** Of the database that a change was last taken into. */
  private Receiver receiver;

  /** The changes of a connection's databases. */
  public ChangesTable(Replicas replicas) {
    this.schema = new SchemaColumn("crsql_changes", SCHEMA, replicas);
  }

  @Override
  public String declaration() {
    return "CREATE TABLE crsql_changes(\"table\" TEXT, pk, cid, val, version INTEGER, site_id BLOB,"
        + " col TEXT HIDDEN, cl INTEGER HIDDEN, db_version INTEGER HIDDEN, schema TEXT HIDDEN)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    ScanPlan.choose(info, schema, () -> arriveByVersion(schema.main()));
  }

  @Override
  public Cursor open() {
    return new ChangesCursor(schema);
  }

  @Override
  public void disconnect() {}

  @Override
  public long insert(Values row) {
    Replica replica =
        row.type(SCHEMA) == ValueType.NULL ? schema.main() : schema.named(row, SCHEMA);
    if (receiver == null || !receiver.isOf(replica)) {
      receiver = new Receiver(replica);
    }
    receiver.receive(row);
    return 0;
  }

  @Override
  public void update() {
    throw readOnly("UPDATE");
  }

  @Override
  public void delete() {
    throw readOnly("DELETE");
  }

  private static SqliteException readOnly(String what) {
    return new SqliteException(
        SqliteException.ERROR,
        "crsql_changes: it takes no "
            + what
            + "; change the table itself, or INSERT a peer's change");
  }

  /**
   * Whether all changes so far are this database's own, and so have arrived in the order of their
   * versions.
   */
  static boolean arriveByVersion(Replica replica) {
    replica.transaction().look();
    return !replica.registry().present() || replica.sites().nothingMerged();
  }
}
