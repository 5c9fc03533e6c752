package io.crsql.engine.held;

import io.crsql.engine.log.Log;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Schema;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.VirtualTable;
import java.util.ArrayList;
import java.util.List;

/** The virtual table {@code crsql_held}, which is only read. */
public final class HeldTable implements VirtualTable {
  static final int TABLE = 0;
  static final int PK = 1;

  private final Replica replica;

  /** The held rows of a database. */
  public HeldTable(Replica replica) {
    this.replica = replica;
  }

  @Override
  public String declaration() {
    return "CREATE TABLE crsql_held(\"table\" TEXT, pk, reason TEXT)";
  }

  @Override
  public void bestIndex(IndexInfo info) {
    info.plan(0, 1000, 100, false);
  }

  @Override
  public Cursor open() {
    return new HeldCursor(this);
  }

  @Override
  public void disconnect() {}

  Schema schema() {
    return replica.schema();
  }

  /** The CRRs that hold rows now. */
  List<Crr> tables() {
    replica.transaction().look();
    List<Crr> tables = new ArrayList<>();
    for (long id : replica.registry().all()) {
      Crr crr = replica.registry().byId(id);
      if (crr != null && crr.readable() && replica.logs().of(crr).held().any()) {
        tables.add(crr);
      }
    }
    return tables;
  }

  Log log(Crr crr) {
    return replica.logs().of(crr);
  }
}
