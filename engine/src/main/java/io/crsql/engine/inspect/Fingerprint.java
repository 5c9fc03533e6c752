package io.crsql.engine.inspect;

import io.crsql.engine.clock.Sites;
import io.crsql.engine.replica.Replica;
import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.value.Hex;
import io.crsql.engine.value.SipHash;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Stmt;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A hash of all that two databases must agree on to have converged: every change with its stamp,
 * and every row as it is. One hash for each, summed, so that their order does not matter.
 */
final class Fingerprint {
  private static final String CHANGES =
      "SELECT \"table\", pk, coalesce(col, cid), cl, val, version, coalesce(site_id, ?1)"
          + " FROM crsql_changes WHERE schema = ?3 AND (?2 IS NULL OR \"table\" = ?2)";

  private static final int TABLE = 0;
  private static final int COLUMN = 2;

  private final Schema schema;
  private final Registry registry;
  private final Sites sites;
  private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
  private long low;
  private long high;

  /** A fingerprint of nothing yet. */
  Fingerprint(Replica replica) {
    this.schema = replica.schema();
    this.registry = replica.registry();
    this.sites = replica.sites();
  }

  /**
   * The fingerprint, in hexadecimal digits.
   *
   * @param table the name of the only table to look at; null for all
   * @throws SqliteException if there is no such replicated table
   */
  String of(String table) {
    Crr only = table == null ? null : registry.byName(table);
    if (table != null && only == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_fingerprint: "
              + Names.shown(table)
              + " is not a replicated table; name one, or none for all");
    }
    if (registry.present()) {
      changes(only);
      for (long id : registry.all()) {
        Crr crr = registry.byId(id);
        if (crr != null && (only == null || crr == only)) {
          rows(crr);
        }
      }
    }
    byte[] sum = new byte[16];
    for (int i = 0; i < 16; i++) {
      sum[i] = (byte) ((i < 8 ? low : high) >>> (i % 8 * 8));
    }
    return Hex.of(sum);
  }

  private void changes(Crr only) {
    try (Stmt rows = schema.prepare(CHANGES)) {
      rows.bindBlob(1, sites.bytes(Sites.OWN));
      rows.bindText(3, schema.name());
      if (only != null) {
        rows.bindText(2, only.name);
      }
      while (rows.step()) {
        hash.add('c');
        for (int i = 0; i < rows.count(); i++) {
          if (i == TABLE || i == COLUMN) {
            name(rows, i);
          } else {
            value(rows, i);
          }
        }
        sum();
      }
    }
  }

  private void rows(Crr crr) {
    List<Column> columns = new ArrayList<>();
    for (int slot = 0; slot < crr.slots(); slot++) {
      if (crr.column(slot) != null) {
        columns.add(crr.column(slot));
      }
    }
    columns.sort(Comparator.comparing(column -> Names.asciiLower(column.name)));
    StringBuilder query = new StringBuilder("SELECT ").append(crr.keyNames());
    for (Column column : columns) {
      query.append(", ").append(column.quoted());
    }
    query.append(" FROM ").append(schema.of(Names.quote(crr.name)));
    byte[][] names = new byte[columns.size()][];
    try (Stmt echo = schema.prepare("SELECT ?1");
        Stmt rows = schema.prepare(query.toString())) {
      byte[] table = utf8(echo, crr.name);
      for (int i = 0; i < names.length; i++) {
        names[i] = utf8(echo, columns.get(i).name);
      }
      while (rows.step()) {
        hash.add('r');
        text('t', table);
        for (int i = 0; i < rows.count(); i++) {
          if (i >= crr.keyColumns()) {
            text('t', names[i - crr.keyColumns()]);
          }
          value(rows, i);
        }
        sum();
      }
    }
  }

  private static byte[] utf8(Stmt echo, String name) {
    echo.bindText(1, Names.asciiLower(name));
    echo.step();
    byte[] utf8 = echo.getBytes(0);
    echo.reset();
    return utf8;
  }

  /** A name whose case does not matter; or a number, which stands for itself. */
  private void name(Values row, int i) {
    if (row.type(i) != ValueType.TEXT) {
      value(row, i);
      return;
    }
    byte[] name = row.getBytes(i);
    for (int k = 0; k < name.length; k++) {
      name[k] += name[k] >= 'A' && name[k] <= 'Z' ? 32 : 0;
    }
    text('t', name);
  }

  private void value(Values row, int i) {
    switch (row.type(i)) {
      case ValueType.INTEGER:
        hash.add('i');
        hash.add(row.getLong(i));
        break;
      case ValueType.REAL:
        hash.add('r');
        hash.add(Double.doubleToRawLongBits(row.getDouble(i)));
        break;
      case ValueType.TEXT:
        text('t', row.getBytes(i));
        break;
      case ValueType.BLOB:
        text('b', row.getBytes(i));
        break;
      default:
        hash.add('n');
    }
  }

  private void text(char type, byte[] bytes) {
    hash.add(type);
    hash.add((long) bytes.length);
    hash.add(bytes);
  }

  private void sum() {
    hash.finish();
    low += hash.low();
    high += hash.high() + (Long.compareUnsigned(low, hash.low()) < 0 ? 1 : 0);
  }
}
