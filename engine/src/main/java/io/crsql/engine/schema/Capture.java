package io.crsql.engine.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * The triggers that append a table's writes to its log.
 *
 * <p>Their bodies are plain SQL and one scalar function, without look-ups. The conflict clause on
 * {@code at} cannot be overridden by that of the statement that fires the trigger, as every other
 * one would be; with it, SQLite also opens a statement journal, so that a capture that fails takes
 * the write with it.
 */
final class Capture {
  private static final String TAKEN =
      " ON CONFLICT(at) DO UPDATE SET at = RAISE(ABORT,"
          + " 'crsql: the clock runs behind the log; reopen the database and call crsql_verify()')";

  private static final int UPDATE = 2;

  private final Crr crr;
  private final String table;
  private final String insertInto;

  private Capture(Crr crr) {
    this.crr = crr;
    this.table = Names.quote(crr.name);
    this.insertInto =
        "INSERT INTO " + Names.log(crr.name) + "(at, " + crr.logKey() + ", cols, part) ";
  }

  /** The names of the triggers of a table, whether or not each of them exists. */
  static String[] names(String table) {
    return new String[] {
      table + "__crsql_insert",
      table + "__crsql_delete",
      table + "__crsql_update",
      table + "__crsql_key"
    };
  }

  /**
   * The CREATE TRIGGER statements, in the order of {@link #names}; null where the table needs none.
   */
  static String[] statements(Crr crr) {
    Capture capture = new Capture(crr);
    return new String[] {capture.insert(), capture.delete(), capture.update(), capture.rekey()};
  }

  /** Whether any trigger of the table bears a name of a capture trigger. */
  static boolean isOn(Catalog table) {
    for (Catalog.Trigger trigger : table.triggers) {
      if (Names.reserved(trigger.name())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the trigger is one that crsql made for another table than the one it is on. */
  static boolean isOfAnother(String trigger, String table) {
    for (String own : names(table)) {
      if (own.equalsIgnoreCase(trigger)) {
        return false;
      }
    }
    for (String suffix : names("")) {
      if (trigger.endsWith(suffix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads from the update trigger what the columns are called now.
   *
   * @param table the name that the triggers are named after
   * @param names by slot; what the trigger does not name stays null
   * @return false if there is no such trigger
   */
  static boolean columnNames(Catalog catalog, String table, String[] names) {
    Catalog.Trigger trigger = catalog.trigger(names(table)[UPDATE]);
    if (trigger == null) {
      return false;
    }
    List<Tokens.Token> tokens = Tokens.of(trigger.sql());
    int base = 0;
    String last = "";
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is("crsql_at")) {
        base = tokens.get(i + 2).number();
      } else if (tokens.get(i).is("old") && tokens.get(i + 1).is(".")) {
        last = tokens.get(i + 2).text();
      } else if (tokens.get(i).is("<") && tokens.get(i + 1).is("<")) {
        int slot = base + tokens.get(i + 2).number();
        if (slot >= 0 && slot < names.length) {
          names[slot] = last;
        }
      }
    }
    return true;
  }

  private String trigger(int which, String event, String when, String body) {
    return "CREATE TRIGGER "
        + Names.quote(names(crr.name)[which])
        + " AFTER "
        + event
        + " ON "
        + table
        + " WHEN crsql_capture("
        + crr.id
        + ")"
        + when
        + " BEGIN "
        + body
        + "END";
  }

  private String insert() {
    return trigger(0, "INSERT", "", wholeRow());
  }

  private String delete() {
    return trigger(1, "DELETE", "", deletion(""));
  }

  private String update() {
    List<String> differences = new ArrayList<>();
    for (int slot = 0; slot < crr.slots(); slot++) {
      Column column = crr.column(slot);
      if (column != null) {
        differences.add(difference(column));
      }
    }
    if (differences.isEmpty()) {
      return null;
    }
    StringBuilder same = new StringBuilder();
    for (KeyColumn column : crr.key) {
      same.append(" AND NOT ").append(keyDiffers(column));
    }
    return trigger(
        UPDATE,
        "UPDATE", // not OF these columns: one added since must reach crsql_capture, which refuses
        // it
        same + " AND (" + balanced(differences, " OR ") + ")",
        changedColumns());
  }

  private String rekey() {
    List<String> names = new ArrayList<>();
    List<String> bytes = new ArrayList<>();
    List<String> identity = new ArrayList<>();
    for (KeyColumn column : crr.key) {
      names.add(column.quoted());
      bytes.add(keyDiffers(column));
      identity.add(
          crr.integerKey
              ? keyDiffers(column)
              : "old." + column.comparable() + " IS NOT new." + column.quoted());
    }
    if (crr.integerKey) {
      // SET rowid = ... changes the key too, without naming it.
      names.add("rowid");
      names.add("oid");
      names.add("_rowid_");
    }
    return trigger(
        3,
        "UPDATE OF " + String.join(", ", names),
        " AND (" + balanced(bytes, " OR ") + ")",
        deletion(" WHERE " + balanced(identity, " OR ")) + wholeRow());
  }

  private String keyDiffers(KeyColumn column) {
    String before = "old." + column.quoted();
    String after = "new." + column.quoted();
    return crr.integerKey
        ? "(" + before + " <> " + after + ")"
        : column.affinity().differs(before, after);
  }

  private static String difference(Column column) {
    return column.differs("old." + column.quoted(), "new." + column.quoted());
  }

  private String deletion(String where) {
    return append("crsql_tick(" + crr.id + ", 0)", crr.keyNames("old."), "0", 0, where);
  }

  /** One entry; {@code where} is empty or a WHERE clause. */
  private String append(String at, String key, String cols, int group, String where) {
    String values = at + ", " + key + ", " + cols + ", " + group * 2;
    return insertInto
        + (where.isEmpty() ? "VALUES(" + values + ")" : "SELECT " + values + where)
        + TAKEN
        + "; ";
  }

  private String newKey() {
    StringBuilder out = new StringBuilder();
    for (KeyColumn column : crr.key) {
      out.append(out.length() == 0 ? "" : ", ");
      if (column.nullable()) {
        out.append("coalesce(new.").append(column.quoted()).append(", RAISE(ABORT, ");
        out.append(Names.literal(nullKey(column))).append("))");
      } else {
        out.append("new.").append(column.quoted());
      }
    }
    return out.toString();
  }

  private String nullKey(KeyColumn column) {
    return "crsql: "
        + Names.shown(crr.name)
        + " is replicated, so its key column "
        + Names.shown(column.name())
        + " must not be NULL; give the row a key";
  }

  /** All columns of the row, as by an INSERT. */
  private String wholeRow() {
    StringBuilder body = new StringBuilder();
    for (int group = 0; group < crr.groups(); group++) {
      String full = Long.toString(crr.fullMask(group));
      body.append(append(groupTick(group), newKey(), full, group, ""));
    }
    return body.toString();
  }

  /** The first group takes the ticks of the whole write, the others follow it. */
  private String groupTick(int group) {
    return group == 0
        ? "crsql_tick(" + crr.id + ", " + crr.ticks + ")"
        : "crsql_at(" + group * Crr.GROUP + ")";
  }

  private String changedColumns() {
    StringBuilder body = new StringBuilder();
    boolean wide = crr.groups() > 1;
    if (wide) {
      body.append("SELECT ").append(groupTick(0)).append("; ");
    }
    for (int group = 0; group < crr.groups(); group++) {
      List<String> bits = new ArrayList<>();
      for (int bit = 0; bit < Crr.GROUP; bit++) {
        Column column = crr.column(group * Crr.GROUP + bit);
        if (column != null) {
          bits.add("((" + difference(column) + ") << " + bit + ")");
        }
      }
      if (bits.isEmpty()) {
        continue;
      }
      String mask = balanced(bits, " | ");
      String at = wide ? "crsql_at(" + group * Crr.GROUP + ")" : groupTick(0);
      body.append(append(at, crr.keyNames("new."), mask, group, wide ? " WHERE " + mask : ""));
    }
    return body.toString();
  }

  /** Joins terms as a balanced tree: SQLite bounds the depth of an expression, not its size. */
  private static String balanced(List<String> terms, String operator) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    int half = terms.size() / 2;
    return "("
        + balanced(terms.subList(0, half), operator)
        + operator
        + balanced(terms.subList(half, terms.size()), operator)
        + ")";
  }
}
