package io.crsql.sync.simulation;

import java.util.ArrayList;
import java.util.List;

/** The tables of simulations, of which a peer may lack some at first. */
final class Schema {
  /** Rows that are written once, each with a note that is added once: nobody may lose any. */
  static final int PROOF = 1;

  /** Rows that are written, overwritten and deleted by all. */
  static final int ITEM = 2;

  /** A column of {@link #ITEM}. */
  static final int COLUMN = 4;

  /** Rows that are nothing but their key. */
  static final int TAG = 8;

  static final int ALL = PROOF | ITEM | COLUMN | TAG;

  private static final String AS_CRR = "SELECT crsql_as_crr('%s')";

  private Schema() {}

  static boolean has(int schema, int what) {
    return (schema & what) != 0;
  }

  /** The tables of a schema. */
  static List<String> tables(int schema) {
    List<String> tables = new ArrayList<>();
    if (has(schema, PROOF)) {
      tables.add("proof");
    }
    if (has(schema, ITEM)) {
      tables.add("item");
    }
    if (has(schema, TAG)) {
      tables.add("tag");
    }
    return tables;
  }

  /** What makes one schema of another that it contains. */
  static List<String> upgrade(int before, int after) {
    List<String> sql = new ArrayList<>();
    int more = after & ~before;
    if (has(more, PROOF)) {
      add(sql, "proof", "id INTEGER PRIMARY KEY NOT NULL, who, note");
    }
    if (has(more, ITEM)) {
      boolean whole = has(after, COLUMN);
      add(sql, "item", "id TEXT PRIMARY KEY NOT NULL, a" + (whole ? ", b DEFAULT 0" : ""));
    } else if (has(more, COLUMN)) {
      sql.add("SELECT crsql_begin_alter('item')");
      sql.add("ALTER TABLE item ADD COLUMN b DEFAULT 0");
      sql.add("SELECT crsql_commit_alter('item')");
    }
    if (has(more, TAG)) {
      add(sql, "tag", "k INTEGER NOT NULL, l TEXT NOT NULL, PRIMARY KEY(k, l)");
    }
    return sql;
  }

  /**
   * Drops a table and makes it again.
   *
   * @param forgotten whether its rows are forgotten, instead of deleted everywhere
   */
  static List<String> rebuild(int schema, boolean forgotten) {
    List<String> sql = new ArrayList<>();
    if (has(schema, ITEM)) {
      if (forgotten) {
        sql.add("SELECT crsql_as_table('item')");
      }
      sql.add("DROP TABLE item");
      sql.addAll(upgrade(schema & ~(ITEM | COLUMN), schema));
    }
    return sql;
  }

  private static void add(List<String> sql, String table, String columns) {
    sql.add("CREATE TABLE " + table + "(" + columns + ")");
    sql.add(String.format(AS_CRR, table));
  }
}
