package io.crsql.conformance.random;

import io.crsql.conformance.Blob;
import io.crsql.conformance.model.Change;
import io.crsql.conformance.model.Column;
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

  private static final Long DELETION = -1L;
  private static final Long EXISTENCE = -2L;

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
    if (cid.equals(DELETION) || cid.equals(EXISTENCE)) {
      boolean deletion = cid.equals(DELETION);
      long life = (Long) columns.get(3);
      require(deletion || table.existenceMark(), row);
      require(life % 2 == (deletion ? 0 : 1), row);
      require(row.get(7).equals(life) && row.get(6) == null, row);
      return new Change(table, key, deletion ? Change.DELETED : 0, life, null, stamp);
    }
    String[] parts = cid.toString().split("@", -1);
    long life = parts.length == 1 ? 1 : Long.parseLong(parts[1]);
    require(parts.length == 1 || (parts.length == 2 && life > 1 && life % 2 == 1), row);
    Column column = column(table, parts[0]);
    require(column != null && (cid instanceof Long) == isNumber(cid), row);
    require(row.get(7).equals(life) && column.name().equals(row.get(6)), row);
    return new Change(table, key, table.slot(column), life, value(columns.get(3)), stamp);
  }

  /** Columns are numbered, but for those that were added later. */
  private static Column column(Shape table, String cid) {
    return isNumber(cid) ? table.numbered(Long.parseLong(cid)) : table.added(cid);
  }

  private static boolean isNumber(Object cid) {
    return cid.toString().chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static void require(boolean holds, List<Object> row) {
    if (!holds) {
      throw new Discrepancy("unreadable", row.toString());
    }
  }

  /** Reads a key as {@code pk} shows it. */
  static List<Object> key(Object pk, Shape table) {
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
    } else if (change.slot() != Change.DELETED && change.table().column(change.slot()) != null) {
      String name = change.table().column(change.slot()).name();
      columns.set(2, change.life() == 1 ? name : name + "@" + change.life());
    }
    return columns;
  }
}
