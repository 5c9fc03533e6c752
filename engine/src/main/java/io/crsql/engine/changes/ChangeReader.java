package io.crsql.engine.changes;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.LiteralParser;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * Reads a change from a row that is inserted into {@code crsql_changes}, trusting nothing in it.
 */
final class ChangeReader {
  private static final int SITE_BYTES = 16;

  private final Schema schema;
  private final Registry registry;
  private final Clock clock;
  private final Sites sites;
  private final ToDoubleFunction<String> decimals = this::decimal;

  /** The name of the table that was read last, as bytes and as text. */
  private byte[] lastBytes = {};

  private String lastName;

  /** The table of that name as of {@link #lastGeneration} of the registry. */
  private Crr lastTable;

  private int lastGeneration = -1;

  /** Where a change stands, which is told only if it is refused. */
  interface Place {
    String shown();
  }

  ChangeReader(Replica replica) {
    this.schema = replica.schema();
    this.registry = replica.registry();
    this.clock = replica.clock();
    this.sites = replica.sites();
  }

  /**
   * Reads it.
   *
   * @throws SqliteException saying what is wrong, where, and what would be right
   */
  Received read(Values row) {
    readTable(row);
    String table = lastName;
    Crr crr = lastTable;
    Place inTable = () -> "table " + schema.shown(crr == null ? Excerpt.of(table) : crr.name);
    Value[] key = key(row, crr, inTable);
    Place where = () -> inTable.shown() + ", row " + shown(row, ChangesTable.PK);
    Cid cid = cid(row, where);
    if (crr != null && cid.name() != null && crr.isKey(cid.name())) {
      throw refusal(where, "cid " + cid.shown() + " is a column of the key, which pk gives");
    }
    long version = version(row, where);
    byte[] site = site(row, where);
    boolean marker = cid.isMarker();
    long life = marker ? life(row, cid, where) : cid.life();
    checkLife(life, version, cid.number() != Cid.DELETION, where);
    Value value = marker ? Value.NULL : literal(row, ChangesTable.VAL, 1, where)[0];
    return new Received(table, crr, key, cid, life, value, version, site);
  }

  /**
   * Compares the value of a change and then its key with those of another change of the same cell,
   * which has been read before.
   */
  int compare(Received change, Values other) {
    Place where = () -> "crsql_parked";
    int order =
        change.cid().isMarker()
            ? 0
            : Value.compare(change.value(), literal(other, ChangesTable.VAL, 1, where)[0]);
    Value[] key = key(other, null, where);
    for (int i = 0; i < Math.min(key.length, change.key().length) && order == 0; i++) {
      order = Value.compare(change.key()[i], key[i]);
    }
    return order;
  }

  private void readTable(Values row) {
    if (row.type(ChangesTable.TABLE) != ValueType.TEXT) {
      throw new SqliteException(
          SqliteException.ERROR, "crsql_changes: \"table\" must be the name of a table");
    }
    byte[] bytes = row.getBytes(ChangesTable.TABLE);
    if (lastGeneration == registry.generation() && Arrays.equals(bytes, lastBytes)) {
      return;
    }
    String name = row.getText(ChangesTable.TABLE);
    if (Names.reserved(name)) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_changes: "
              + schema.shown(Excerpt.of(name))
              + " is one of SQLite's or crsql's own tables, which peers cannot change; send changes"
              + " of replicated tables only");
    }
    lastTable = registry.byName(name);
    lastName = name;
    lastBytes = bytes;
    lastGeneration = registry.generation();
  }

  /** The key; {@code crr} is null where it is not known what the key must be. */
  Value[] key(Values row, Crr crr, Place where) {
    Value[] key =
        literal(row, ChangesTable.PK, crr == null ? LiteralParser.ANY : crr.keyColumns(), where);
    for (Value part : key) {
      if (part.isNull()) {
        throw refusal(where, "pk must not be NULL");
      }
    }
    for (int i = 0; crr != null && i < key.length; i++) {
      // The table would refuse it by itself, but a deletion writes nothing to it.
      if (!crr.keyHolds(schema.db(), i, key[i])) {
        throw refusal(
            () -> where.shown() + ", row " + shown(row, ChangesTable.PK),
            "pk must give the column " + crr.keyName(i) + " a value of its type " + crr.keyType(i));
      }
    }
    return key;
  }

  private static String shown(Values row, int column) {
    return Excerpt.of(String.valueOf(row.getText(column)));
  }

  /** The {@code count} values that a column holds: text as literals, anything else as itself. */
  private Value[] literal(Values row, int column, int count, Place where) {
    if (row.type(column) != ValueType.TEXT) {
      if (count > 1) {
        throw refusal(where, "pk must be " + count + " literals joined by |, such as 'a'|1");
      }
      return new Value[] {Value.of(row, column)};
    }
    Value[] values = new LiteralParser(row.getBytes(column), decimals).parse(count);
    if (values == null) {
      String name = column == ChangesTable.PK ? "pk" : "val";
      String expected = count == 1 ? "a literal, text in quotes" : "literals joined by |";
      expected = count > 1 ? count + " " + expected : expected;
      throw refusal(where, name + " must be " + expected + "; it is " + shown(row, column));
    }
    return values;
  }

  private double decimal(String text) {
    try (Stmt stmt = schema.prepare("SELECT CAST(?1 AS REAL)")) {
      stmt.bindText(1, text);
      stmt.step();
      return stmt.getDouble(0);
    }
  }

  private static Cid cid(Values row, Place where) {
    Cid cid = Cid.read(row, ChangesTable.CID);
    if (cid == null && row.type(ChangesTable.CID) == ValueType.NULL) {
      cid = named(row, where);
    }
    if (cid == null) {
      throw refusal(where, "cid must be a column's number or name, -1 or -2");
    }
    return cid;
  }

  /** The cid that the hidden columns col and cl give instead. */
  private static Cid named(Values row, Place where) {
    if (row.type(ChangesTable.COL) != ValueType.TEXT) {
      return null;
    }
    int type = row.type(ChangesTable.CL);
    if (type != ValueType.INTEGER && type != ValueType.NULL) {
      throw refusal(where, "cl must be the row's causal length, an integer");
    }
    long life = type == ValueType.NULL ? 1 : row.getLong(ChangesTable.CL);
    return new Cid(Cid.NAMED, row.getText(ChangesTable.COL), life);
  }

  private long version(Values row, Place where) {
    long version = row.getLong(ChangesTable.VERSION);
    if (row.type(ChangesTable.VERSION) != ValueType.INTEGER
        || version < 1
        || version > clock.limit()) {
      throw refusal(
          where,
          "version must be an integer from 1 to "
              + clock.limit()
              + ", which is as far ahead of this database's clock as any peer can be; it is "
              + shown(row, ChangesTable.VERSION));
    }
    return version;
  }

  private byte[] site(Values row, Place where) {
    int type = row.type(ChangesTable.SITE_ID);
    if (type == ValueType.NULL) {
      return sites.bytes(Sites.OWN);
    }
    byte[] site = type == ValueType.BLOB ? row.getBytes(ChangesTable.SITE_ID) : new byte[0];
    if (site.length != SITE_BYTES) {
      throw refusal(where, "site_id must be a blob of 16 bytes, or NULL for this database");
    }
    return site;
  }

  /** The causal length that a deletion or existence mark has as its value. */
  private static long life(Values row, Cid cid, Place where) {
    int type = row.type(ChangesTable.VAL);
    if (type == ValueType.INTEGER) {
      return row.getLong(ChangesTable.VAL);
    } else if (type == ValueType.NULL && cid.number() == Cid.DELETION) {
      return 2;
    }
    throw refusal(where, "val of cid " + cid.number() + " must be the row's causal length");
  }

  private static void checkLife(long life, long version, boolean alive, Place where) {
    if (life < 1 || life > version || (life & 1) != (alive ? 1 : 0)) {
      throw refusal(
          where,
          "the causal length "
              + life
              + " must be "
              + (alive ? "odd" : "even")
              + " and not above the version "
              + version);
    }
  }

  private static SqliteException refusal(Place where, String what) {
    return new SqliteException(
        SqliteException.ERROR, "crsql_changes: " + where.shown() + ": " + what);
  }
}
