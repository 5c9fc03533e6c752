package io.crsql.engine.inspect;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.Entry;
import io.crsql.engine.log.Key;
import io.crsql.engine.log.Log;
import io.crsql.engine.log.Row;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Hex;
import io.crsql.engine.value.Literals;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** Tells of one cell what it is, who wrote it, and what it won against. */
final class Explanation {
  /** Infinities are no JSON. */
  private static final String JSON =
      "SELECT json_object('table', ?1, 'row', ?2, 'column', ?3, 'value',"
          + " CASE WHEN typeof(?4) = 'real' AND abs(?4) = 9e999"
          + " THEN iif(?4 > 0, '9e999', '-9e999') ELSE ?4 END,"
          + " 'life', ?5, 'state', ?6, 'version', ?7, 'site', ?8, 'own', json(?9), 'arrival', ?10,"
          + " 'beat', json(CASE WHEN ?11 IS NULL THEN 'null'"
          + " ELSE json_object('version', ?11, 'site', ?12) END))";

  private final Replica replica;
  private final Schema schema;
  private final Values args;
  private final Literals literals = new Literals();
  private final Crr crr;
  private final Log log;
  private final int slot;
  private final Key key;
  private long life;

  /** The write of the cell; of a deleted row, its deletion; null if the cell has its default. */
  private Entry write;

  /**
   * Looks the cell up.
   *
   * @param args the table's name, the values of the row's key, the column's name
   * @throws SqliteException if there is no such cell
   */
  Explanation(Replica replica, Values args) {
    this.replica = replica;
    this.schema = replica.schema();
    this.args = args;
    if (args.count() < 3 || args.type(0) != ValueType.TEXT) {
      throw refusal("it takes a table's name, the values of a row's key, and a column's name");
    }
    crr = replica.registry().byName(args.getText(0));
    if (crr == null) {
      throw refusal(Names.shown(args.getText(0)) + " is not a replicated table; name one");
    } else if (!crr.readable()) {
      throw new SqliteException(SqliteException.ERROR, crr.fault());
    } else if (args.count() != crr.keyColumns() + 2) {
      throw refusal(
          "the key of "
              + Names.shown(crr.name)
              + " has "
              + crr.keyColumns()
              + " column(s); give a value for each, and then the name of another column");
    }
    log = replica.logs().of(crr);
    slot = slot();
    key = Key.of(Value.row(args, 1, crr.keyColumns()));
    look();
    if (life == 0) {
      String row = literals.shown(args, 1, crr.keyColumns());
      throw refusal(Names.shown(crr.name) + " has never had the row " + row + "; name another");
    }
  }

  private static SqliteException refusal(String what) {
    return new SqliteException(SqliteException.ERROR, "crsql_explain: " + what);
  }

  private int slot() {
    int last = args.count() - 1;
    if (args.type(last) == ValueType.NULL && crr.existenceMark()) {
      return 0;
    }
    Column column = args.type(last) == ValueType.TEXT ? crr.columnNamed(args.getText(last)) : null;
    if (column == null) {
      throw refusal(
          Names.shown(crr.name)
              + " has no replicated column "
              + literals.shown(args, last, 1)
              + " besides its key; name one"
              + (crr.existenceMark() ? ", or NULL for the row itself" : ""));
    }
    return column.slot;
  }

  /** Looks at the row index and then at the tail, which has not been folded into it. */
  private void look() {
    Row row = log.row(key);
    life = row.life();
    for (Entry entry : log.entries(row)) {
      take(entry);
    }
    String tail =
        "SELECT at, cols, part >> 1 FROM "
            + log.name()
            + " WHERE site IS NULL AND at > ?1 AND "
            + crr.logKeyIs(2)
            + " ORDER BY at";
    try (Stmt entries = schema.prepare(tail)) {
      entries.bindLong(1, log.folded());
      key.bind(entries, 2);
      while (entries.step()) {
        long at = entries.getLong(0);
        long cols = entries.getLong(1);
        if (cols == 0) {
          life += alive() ? 1 : 2;
        } else if (!alive()) {
          life++;
          write = null;
        }
        take(new Entry(at, cols, (int) entries.getLong(2), Sites.OWN, at));
      }
    }
  }

  private void take(Entry entry) {
    if (entry.cols() == 0 || entry.has(slot / Crr.GROUP, slot % Crr.GROUP)) {
      write = entry;
    }
  }

  private boolean alive() {
    return (life & 1) != 0;
  }

  /** The explanation as a JSON object. */
  String json() {
    try (Stmt json = schema.prepare(JSON)) {
      json.bindText(1, crr.name);
      row().bind(json, 2);
      if (crr.column(slot) != null) {
        json.bindText(3, crr.column(slot).name);
      }
      json.bindLong(5, life);
      json.bindText(6, state(json));
      if (write != null) {
        int bit = write.cols() == 0 ? 0 : slot % Crr.GROUP;
        json.bindLong(7, write.version() + bit);
        json.bindText(8, hex(write.site()));
        json.bindText(9, write.site() == Sites.OWN ? "true" : "false");
        json.bindLong(10, write.at());
        beat(json);
      } else {
        json.bindText(9, "null");
      }
      json.step();
      return json.getText(0);
    }
  }

  private String hex(long site) {
    return Hex.of(replica.sites().bytes(site));
  }

  /** The key as the write spelled it. */
  private Value row() {
    if (write == null) {
      return literals.literal(args, 1, crr.keyColumns());
    }
    String query = "SELECT " + crr.logKey() + " FROM " + log.name() + " WHERE at = " + write.at();
    try (Stmt spelled = schema.prepare(query)) {
      spelled.step();
      return literals.literal(spelled, 0, crr.keyColumns());
    }
  }

  /** Says where the row is, and binds the value. */
  private String state(Stmt json) {
    if (!alive()) {
      return "deleted";
    }
    Column column = crr.column(slot);
    String value = column == null ? "NULL" : column.quoted();
    String table = schema.of(Names.quote(crr.name));
    try (Stmt stmt =
        schema.prepare("SELECT " + value + " FROM " + table + " WHERE " + crr.keyIs(1))) {
      key.bind(stmt, 1);
      if (stmt.step()) {
        literals.literal(stmt, 0, 1).bind(json, 4);
        return "alive";
      }
    }
    if (!log.held().has(key, life)) {
      return "missing";
    }
    if (log.held().find(key).values()[slot] != null) {
      Stmt cell = log.held().cell(key, slot);
      try {
        literals.literal(cell, 0, 1).bind(json, 4);
      } finally {
        cell.reset();
      }
    }
    return "held aside";
  }

  private void beat(Stmt json) {
    long[] notes = write.cols() == 0 ? new long[0] : log.beaten(write.at());
    for (int i = 0; i + 2 < notes.length; i += 3) {
      if (notes[i] == slot % Crr.GROUP) {
        json.bindLong(11, notes[i + 1]);
        json.bindText(12, hex(notes[i + 2]));
      }
    }
  }
}
