package io.crsql.engine.changes;

import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * What {@code cid} says of a change: which column, and in which life of the row.
 *
 * <p>A cell of a row's first life has the number that its column had at crsql_as_crr, or its name
 * if it was added later; a cell of a later life has {@code @} and the life behind it. A deletion is
 * -1, the existence of a row of a key-only table -2; their {@code val} is the causal length. A name
 * that could be taken for something else stands in double quotes.
 *
 * @param number the column's number, {@link #DELETION}, {@link #EXISTENCE} or, if it is named,
 *     {@link #NAMED}
 * @param name the column's name, or null
 * @param life the life it says, 1 if it says none
 */
public record Cid(long number, String name, long life) {
  /** The number of a deletion. */
  public static final long DELETION = -1;

  /** The number of the existence of a row of a key-only table. */
  public static final long EXISTENCE = -2;

  /** The number of a column that has none, but a name. */
  public static final long NAMED = -3;

  /** SQLite tables cannot have more columns than that. */
  private static final long MOST = 32_766;

  /** Gives the cid of a column's cell. */
  static void give(Column column, long life, Result result) {
    if (column.number >= 0 && life == 1) {
      result.setLong(column.number);
      return;
    }
    String base = column.number >= 0 ? Integer.toString(column.number) : nameOf(column.name);
    result.setText(life == 1 ? base : base + "@" + life);
  }

  private static String nameOf(String name) {
    if (name.isEmpty()) {
      return Names.quote(name);
    }
    boolean ambiguous = name.indexOf('@') >= 0 || name.charAt(0) == '"';
    ambiguous |= name.charAt(0) == '-' || isDigits(name);
    return ambiguous ? Names.quote(name) : name;
  }

  /** Whether it is a deletion or an existence mark, and not a cell. */
  public boolean isMarker() {
    return number == DELETION || number == EXISTENCE;
  }

  /** The cid without its life, if it is a name. */
  String base() {
    return nameOf(name);
  }

  /** The column as messages show it. */
  String shown() {
    return number == NAMED ? Names.shown(Excerpt.of(name)) : Long.toString(number);
  }

  /** Reads a cid; null if it is none. */
  static Cid read(Values row, int i) {
    if (row.type(i) == ValueType.INTEGER) {
      long number = row.getLong(i);
      return number < EXISTENCE || number > MOST ? null : new Cid(number, null, 1);
    }
    return row.type(i) == ValueType.TEXT ? parse(row.getText(i)) : null;
  }

  private static Cid parse(String text) {
    int at = text.lastIndexOf('@');
    boolean hasLife = at > 0 && isDigits(text.substring(at + 1)) && text.length() - at < 20;
    long life = hasLife ? Long.parseLong(text.substring(at + 1)) : 1;
    String base = hasLife ? text.substring(0, at) : text;
    if (base.isEmpty()) {
      return null;
    } else if (base.charAt(0) == '"') {
      String name = unquote(base);
      return name == null ? null : new Cid(NAMED, name, life);
    } else if (base.equals("-1") || base.equals("-2")) {
      return hasLife ? null : new Cid(Long.parseLong(base), null, 1);
    } else if (isDigits(base)) {
      return base.length() > 9 || Long.parseLong(base) > MOST
          ? null
          : new Cid(Long.parseLong(base), null, life);
    }
    return new Cid(NAMED, base, life);
  }

  private static String unquote(String quoted) {
    String inner = quoted.length() < 2 ? "" : quoted.substring(1, quoted.length() - 1);
    String name = inner.replace("\"\"", "\"");
    return Names.quote(name).equals(quoted) ? name : null;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** The column of a cell; null if the table has none such. */
  Column column(Crr crr) {
    return number == NAMED ? crr.columnNamed(name) : crr.columnNumbered(number);
  }
}
