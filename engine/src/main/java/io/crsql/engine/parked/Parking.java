package io.crsql.engine.parked;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Bytes;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The table {@code crsql_parked}: what peers with a newer schema have sent. It is merged as far as
 * that goes without knowing the table: of one row, by the bytes of its key, only the greatest life
 * is kept, and of one cell in it the greatest stamp, and of one stamp the greatest value. That is a
 * join like the merge itself, so what is parked depends on the changes that have arrived and not on
 * their order.
 */
public final class Parking {
  private final Schema schema;
  private final Clock clock;
  private final Sites sites;
  private final List<Stmt> statements = new ArrayList<>();
  private Stmt life;
  private Stmt present;
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
   * @param pk the key as crsql_changes gives it
   * @param number the column's number as in cid
   * @param name the column's name as in cid; null if it has a number
   * @param life the causal length
   * @param val the value as crsql_changes gives it
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

  /**
   * Parks a change, unless what is parked has superseded it.
   *
   * @param contents compares its value and key with those of a parked change of the same stamp,
   *     whose columns stand as in crsql_changes
   */
  public void park(Parked change, ToIntFunction<Values> contents) {
    prepare();
    clock.see(change.version());
    if (change.life() < life(change)) {
      return;
    }
    bindRow(prune, change);
    run(prune);
    if (compare(change, contents) <= 0) {
      return;
    }
    sites.number(change.site());
    bindRow(put, change);
    bindColumn(put, change);
    change.val().bind(put, 5);
    put.bindLong(6, change.version());
    put.bindBlob(7, change.site());
    put.bindLong(8, clock.tick(1));
    put.bindText(9, change.reason());
    run(put);
    // No log tells of this tick.
    clock.doubt();
  }

  /** Compares the change with the parked one of its cell; above 0 if there is none. */
  private int compare(Parked change, ToIntFunction<Values> contents) {
    present.bindText(1, change.table());
    change.pk().bind(present, 2);
    bindColumn(present, change);
    int order;
    try {
      if (!present.step()) {
        return 1;
      }
      order = Long.compare(change.version(), present.getLong(4));
      order = order == 0 ? Bytes.compare(change.site(), present.getBytes(5)) : order;
      if (order != 0) {
        return order;
      }
      order = contents.applyAsInt(present);
    } finally {
      present.reset();
    }
    if (order != 0) {
      sites.doubt(sites.number(change.site()), Sites.TWO_WRITERS);
    }
    return order;
  }

  private static void bindColumn(Stmt stmt, Parked change) {
    if (change.name() == null) {
      stmt.bindLong(4, change.number());
    } else {
      stmt.bindText(4, change.name());
    }
  }

  private void prepare() {
    if (life != null) {
      return;
    }
    String parked = schema.of("crsql_parked");
    // 1 and 1.0 may be two rows of the table that they are for.
    String row = " WHERE \"table\" = ?1 AND pk = ?2 AND typeof(pk) = typeof(?2)";
    life = keep("SELECT max(life) FROM " + parked + row);
    present =
        keep("SELECT NULL, pk, NULL, val, version, site_id FROM " + parked + row + " AND col = ?4");
    prune = keep("DELETE FROM " + parked + row + " AND life < ?3");
    put =
        keep(
            "INSERT INTO "
                + parked
                + "(\"table\", pk, life, col, val, version, site_id, at, reason)"
                + " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO UPDATE SET"
                + " pk = excluded.pk, val = excluded.val, version = excluded.version,"
                + " site_id = excluded.site_id, at = excluded.at, reason = excluded.reason");
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
