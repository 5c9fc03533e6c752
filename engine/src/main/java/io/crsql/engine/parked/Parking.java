package io.crsql.engine.parked;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * The table {@code crsql_parked}: what peers with a newer schema have sent. It is merged as far as
 * that goes without knowing the table: of one row, by the bytes of its key, only the greatest life
 * is kept, and of one cell in it the greatest stamp. That is a join like the merge itself, so what
 * is parked depends on the changes that have arrived and not on their order.
 */
public final class Parking {
  private final Schema schema;
  private final Clock clock;
  private final Sites sites;
  private final List<Stmt> statements = new ArrayList<>();
  private Stmt life;
  private Stmt prune;
  private Stmt put;

  /** What is parked in a database. */
  public Parking(Schema schema, Clock clock, Sites sites) {
    this.schema = schema;
    this.clock = clock;
    this.sites = sites;
  }

  /**
   * A change to park.
   *
   * @param table the name that it gives the table
   * @param pk the key as it was sent
   * @param number the column's number as in cid
   * @param name the column's name as in cid; null if it has a number
   * @param life the causal length
   * @param val the value as it was sent
   * @param version the version of the write
   * @param site the 16 bytes of its site
   * @param reason what is missing here, as a sentence
   */
  public record Parked(
      String table,
      Value pk,
      long number,
      String name,
      long life,
      Value val,
      long version,
      byte[] site,
      String reason) {}

  /** Parks a change, unless what is parked has superseded it. */
  public void park(Parked change) {
    prepare();
    clock.see(change.version());
    if (change.life() < life(change)) {
      return;
    }
    bindRow(prune, change);
    run(prune);
    sites.number(change.site());
    bindRow(put, change);
    if (change.name() == null) {
      put.bindLong(4, change.number());
    } else {
      put.bindText(4, change.name());
    }
    change.val().bind(put, 5);
    put.bindLong(6, change.version());
    put.bindBlob(7, change.site());
    put.bindLong(8, clock.tick(1));
    put.bindText(9, change.reason());
    run(put);
    // No log tells of this tick.
    clock.doubt();
  }

  private void prepare() {
    if (life != null) {
      return;
    }
    String parked = schema.of("crsql_parked");
    String row = " WHERE \"table\" = ?1 AND pk = ?2";
    life = keep("SELECT max(life) FROM " + parked + row);
    prune = keep("DELETE FROM " + parked + row + " AND life < ?3");
    put =
        keep(
            "INSERT INTO "
                + parked
                + "(\"table\", pk, life, col, val, version, site_id, at, reason)"
                + " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET"
                + " pk = excluded.pk, val = excluded.val, version = excluded.version,"
                + " site_id = excluded.site_id, at = excluded.at, reason = excluded.reason"
                + " WHERE (excluded.version, excluded.site_id)"
                + " > (crsql_parked.version, crsql_parked.site_id)");
  }

  private Stmt keep(String sql) {
    Stmt stmt = schema.prepare(sql);
    statements.add(stmt);
    return stmt;
  }

  private long life(Parked change) {
    life.bindText(1, change.table());
    change.pk().bind(life, 2);
    try {
      life.step();
      return life.getLong(0);
    } finally {
      life.reset();
    }
  }

  private static void bindRow(Stmt stmt, Parked change) {
    stmt.bindText(1, change.table());
    change.pk().bind(stmt, 2);
    stmt.bindLong(3, change.life());
  }

  private static void run(Stmt stmt) {
    try {
      stmt.step();
    } finally {
      stmt.reset();
    }
  }

  /** Finalises the statements. */
  public void close() {
    for (Stmt stmt : statements) {
      stmt.close();
    }
  }
}
