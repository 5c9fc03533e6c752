package io.crsql.engine.held;

import io.crsql.engine.replica.Replicas;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.VirtualTable;

/** The virtual table {@code crsql_held}, which is only read. */
public final class HeldTable implements VirtualTable {
  static final int TABLE = 0;
  static final int PK = 1;
  static final int REASON = 2;
  static final int SCHEMA = 3;

  private final SchemaColumn schema;

  /** The held rows of a connection's databases. */
  public HeldTable(Replicas replicas) {
    this.schema = new SchemaColumn("crsql_held", SCHEMA, replicas);
  }

  @Override
  public String declaration() {
    return "CREATE TABLE crsql_held(\"table\" TEXT, pk, reason TEXT, schema TEXT HIDDEN)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    info.plan(schema.choose(info) ? 1 : 0, 1000, 100, false);
  }

  @Override
  public Cursor open() {
    return new HeldCursor(schema);
  }

  @Override
  public void disconnect() {}
}
