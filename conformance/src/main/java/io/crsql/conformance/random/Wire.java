package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Change;
import io.crsql.conformance.model.Shape;
import io.crsql.conformance.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the rows of crsql_changes, strictly. */
final class Wire {
  /** The query whose rows {@link #read} takes; a WHERE clause may follow. */
  static final String QUERY =
      "SELECT \"table\", pk, cid, val, version, site_id, col, cl, db_version FROM crsql_changes";

  /** The statement that takes {@link Message#columns}. */
  static final String INSERT =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id)"
          + " VALUES(?, ?, ?, ?, ?, ?)";

  private static final int DELETION = -1;
  private static final int EXISTENCE = -2;

  private Wire() {}

  static Message read(List<Object> row, Map<String, Shape> tables, String ownSite) {
    try {
      List<Object> columns = new ArrayList<>(row.subList(0, 6));
      if (columns.get(5) == null) {
        columns.set(5, new Blob(ownSite));
      }
      return new Message(columns, change(row, columns, tables), (Long) row.get(8));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new Discrepancy("unreadable", row.toString(), e);
    }
  }

  private static Change change(List<Object> row, List<Object> columns, Map<String, Shape> tables) {
    Shape table = tables.get((String) columns.get(0));
    List<Object> key = key(columns.get(1), table);
    Stamp stamp = new Stamp((Long) columns.get(4), ((Blob) columns.get(5)).hex());
    Object cid = columns.get(2);
    long number;
    long life = 1;
    if (cid instanceof String text) {
      String[] parts = text.split("@", -1);
      number = Long.parseLong(parts[0]);
      life = Long.parseLong(parts[1]);
      require(parts.length == 2 && life > 1 && number >= 0, row);
    } else {
      number = (Long) cid;
    }
    boolean marker = number == DELETION || number == EXISTENCE;
    if (marker) {
      life = (Long) columns.get(3);
    }
    int slot = number == DELETION ? Change.DELETED : number == EXISTENCE ? 0 : table.slotOf(number);
    require(marker || slot >= 0, row);
    require(number != EXISTENCE || table.onlyKey(), row);
    require(life % 2 == (number == DELETION ? 0 : 1), row);
    String name = marker ? null : table.slots().get(slot).name();
    require(
        row.get(7).equals(life) && (name == null ? row.get(6) == null : name.equals(row.get(6))),
        row);
    Object value = marker ? null : value(columns.get(3));
    return new Change(table, key, slot, life, value, stamp);
  }

  private static void require(boolean holds, List<Object> row) {
    if (!holds) {
      throw new Discrepancy("unreadable", row.toString());
    }
  }

  private static List<Object> key(Object pk, Shape table) {
    if (table.key().size() == 1) {
      return List.of(value(pk));
    }
    List<Object> key = LiteralReader.read((String) pk);
    if (key.size() != table.key().size()) {
      throw new Discrepancy("unreadable", "pk " + pk);
    }
    return key;
  }

  private static Object value(Object shown) {
    if (!(shown instanceof String text)) {
      if (shown instanceof Blob) {
        throw new Discrepancy("unreadable", "a blob that is no literal: " + shown);
      }
      return shown;
    }
    List<Object> values = LiteralReader.read(text);
    if (values.size() != 1) {
      throw new Discrepancy("unreadable", text);
    }
    return values.get(0);
  }

  /** The message with names in place of numbers, which INSERT takes as well. */
  static List<Object> byName(Message message) {
    List<Object> columns = new ArrayList<>(message.columns());
    Change change = message.change();
    if (change.slot() == Change.DELETED && change.life() == 2) {
      columns.set(3, null);
    } else if (change.slot() != Change.DELETED && !change.table().onlyKey()) {
      String name = change.table().slots().get(change.slot()).name();
      columns.set(2, change.life() == 1 ? name : name + "@" + change.life());
    }
    return columns;
  }
}
