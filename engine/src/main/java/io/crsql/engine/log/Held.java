package io.crsql.engine.log;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.Stmt;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of a CRR that the user's table refuses for now, because a column is still missing or a
 * CHECK fails: their values, which otherwise stand in the table, and why.
 *
 * <p>A held row is alive in the row index and its entries are in the log like any other's. A row
 * that is written locally is in the user's table, whatever was held of it before: a fold removes
 * that.
 */
public final class Held {
  /** The slot under which the reason stands. */
  private static final int REASON = -1;

  /** The value of a cell: it stands in the column that has the affinity of the cell's. */
  private static final String VALUE =
      "coalesce(\"integer\", \"text\", \"blob\", \"real\", \"numeric\")";

  private final Log log;
  private final Crr crr;
  private final String name;
  private final Stmt keys;
  private final Stmt has;
  private final Stmt cells;
  private final Stmt cell;
  private final Map<String, Stmt> puts = new HashMap<>();
  private final Stmt remove;
  private final Stmt explain;

  /**
   * A held row.
   *
   * @param key its key as spelled
   * @param values its values by slot; null where there is no cell
   */
  public record Row(Value[] key, Value[] values) {}

  /** Prepares the statements, which are finalised with the log. */
  Held(Log log, Schema schema) {
    this.log = log;
    this.crr = log.crr;
    this.name = schema.of(Names.held(crr.registeredName));
    String ofKey = " FROM " + name + " WHERE " + crr.logKeyIs(1);
    int next = crr.keyColumns() + 1;
    keys = log.prepare("SELECT " + crr.logKey() + " FROM " + name + " WHERE slot = " + REASON);
    has = log.prepare("SELECT 1" + ofKey + " AND slot = " + REASON + " AND cl = ?" + next);
    cells = log.prepare("SELECT slot, " + VALUE + ", " + crr.logKey() + ofKey);
    cell = log.prepare("SELECT " + VALUE + ofKey + " AND slot = ?" + next);
    remove = log.prepare("DELETE" + ofKey);
    explain =
        log.prepare(
            "UPDATE "
                + name
                + " SET \"text\" = ?1 WHERE "
                + crr.logKeyIs(2)
                + (" AND slot = " + REASON + " AND \"text\" <> ?1"));
  }

  /** A statement that steps through the keys of all; the caller resets it. */
  public Stmt keys() {
    return keys;
  }

  /** Whether a row is held in that life. */
  public boolean has(Key key, long life) {
    try {
      key.bind(has, 1);
      has.bindLong(crr.keyColumns() + 1, life);
      return has.step();
    } finally {
      has.reset();
    }
  }

  /** The held row of that key; null if there is none. */
  public Row find(Key key) {
    try {
      key.bind(cells, 1);
      Row found = null;
      while (cells.step()) {
        found =
            found == null
                ? new Row(Value.row(cells, 2, crr.keyColumns()), new Value[crr.slots()])
                : found;
        int slot = (int) cells.getLong(0);
        if (slot != REASON && crr.column(slot) != null) {
          found.values[slot] = Value.of(cells, 1);
        }
      }
      return found;
    } finally {
      cells.reset();
    }
  }

  /** A statement that stands on the value of a held cell, or on no row; the caller resets it. */
  public Stmt cell(Key key, int slot) {
    cell.reset();
    key.bind(cell, 1);
    cell.bindLong(crr.keyColumns() + 1, slot);
    cell.step();
    return cell;
  }

  /** Holds a row, in place of what was held of it. */
  public void put(Row row, long life, String reason) {
    Key key = Key.of(row.key);
    remove(key);
    for (int slot = 0; slot < row.values.length; slot++) {
      Value value = row.values[slot];
      if (value != null && crr.column(slot) != null) {
        Stmt put = put(crr.column(slot).affinity());
        value.bind(put, 1);
        put(put, key, slot, life);
      }
    }
    Stmt put = put("text");
    put.bindText(1, reason);
    put(put, key, REASON, life);
  }

  private Stmt put(String affinity) {
    Stmt put = puts.get(affinity);
    if (put == null) {
      put =
          log.prepare(
              "INSERT INTO "
                  + name
                  + "("
                  + Names.quote(affinity)
                  + ", slot, cl, "
                  + crr.logKey()
                  + ") VALUES(?1, ?2, ?3, "
                  + crr.keyParams(4)
                  + ")");
      puts.put(affinity, put);
    }
    return put;
  }

  private static void put(Stmt put, Key key, int slot, long life) {
    try {
      put.bindLong(2, slot);
      put.bindLong(3, life);
      key.bind(put, 4);
      put.step();
    } finally {
      put.reset();
    }
  }

  /** Gives a held row another reason, if it is another. */
  public void explain(Key key, String reason) {
    try {
      explain.bindText(1, reason);
      key.bind(explain, 2);
      explain.step();
    } finally {
      explain.reset();
    }
  }

  /** Lets go of a row. */
  public void remove(Key key) {
    try {
      key.bind(remove, 1);
      remove.step();
    } finally {
      remove.reset();
    }
  }
}
