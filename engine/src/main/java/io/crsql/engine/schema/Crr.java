package io.crsql.engine.schema;

import io.crsql.engine.value.Value;
import io.crsql.sqlite.Db;
import java.util.ArrayList;
import java.util.List;

/**
 * A conflict-free replicated relation: the shape of a table that crsql_as_crr has been called for.
 * Immutable; a new one is made when the schema changes.
 */
public final class Crr {
  /** How many slots one log entry covers. */
  public static final int GROUP = 63;

  /**
   * The table's number in crsql_tables, by which its triggers name it: random, so that no other
   * file has it.
   */
  public final long id;

  /** The table's name. */
  public final String name;

  /**
   * The name under which it is registered and its log and row index are found: the table's own, but
   * for a renaming that crsql has not followed yet.
   */
  public final String registeredName;

  /** How many ticks a write takes: one more than the highest slot ever given, and at least one. */
  public final int ticks;

  /**
   * Whether a write to the table may cause others to it: by triggers that are not crsql's, or by
   * foreign keys' actions.
   */
  public final boolean userTriggers;

  /** Whether the key is an alias of the rowid. */
  public final boolean integerKey;

  /** Whether keys can be equal without being the same: 1 and 1.0, or 'A' and 'a' under NOCASE. */
  public final boolean spellsKeys;

  final KeyColumn[] key;

  /** By slot; null where the slot's column is gone, and for a key-only table's existence mark. */
  private final Column[] bySlot;

  private final boolean existenceMark;

  /** How many columns, and so numbers, it had at crsql_as_crr. */
  private final int numbers;

  private final long[] liveMasks;

  /** By slot; see {@link #ordinal}. */
  private final int[] ordinals;

  private final boolean readable;

  private final boolean mendable;

  /** Why the table must not be written for now, as a sentence; null if all is well. */
  private final String fault;

  Crr(
      long id,
      String name,
      String registeredName,
      boolean integerKey,
      KeyColumn[] key,
      Column[] bySlot,
      boolean existenceMark,
      int numbers,
      boolean userTriggers,
      boolean readable,
      boolean mendable,
      String fault) {
    this.id = id;
    this.name = name;
    this.registeredName = registeredName;
    this.numbers = numbers;
    this.integerKey = integerKey;
    this.key = key;
    this.bySlot = bySlot;
    this.ticks = Math.max(1, bySlot.length);
    this.existenceMark = existenceMark;
    this.userTriggers = userTriggers;
    this.readable = readable;
    this.mendable = mendable;
    this.fault = fault;
    this.spellsKeys = !integerKey && canSpell(key);
    this.ordinals = new int[bySlot.length];
    int ordinal = 0;
    for (int slot = 0; slot < bySlot.length; slot++) {
      ordinals[slot] = bySlot[slot] == null ? -1 : ordinal++;
    }
    this.liveMasks = new long[groups()];
    for (int group = 0; group < liveMasks.length; group++) {
      liveMasks[group] = live(group);
    }
  }

  private static boolean canSpell(KeyColumn[] key) {
    for (KeyColumn column : key) {
      boolean exact =
          column.affinity() == Affinity.TEXT && column.collation().equalsIgnoreCase("BINARY");
      if (!exact) {
        return true;
      }
    }
    return false;
  }

  private long live(int group) {
    long mask = 0;
    for (int bit = 0; bit < GROUP; bit++) {
      int slot = group * GROUP + bit;
      if (column(slot) != null || (slot == 0 && existenceMark)) {
        mask |= 1L << bit;
      }
    }
    return mask;
  }

  /**
   * An SQL expression: is the table's key not the very same as the parameters {@code first}, ...?
   */
  public String keyDiffers(int first) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : " OR ");
      out.append(key[i].affinity().differs(key[i].quoted(), "?" + (first + i)));
    }
    return out.toString();
  }

  /** The same with a fault, if there is one. */
  Crr withFault(String sentence, boolean canBeMended) {
    if (sentence == null) {
      return this;
    }
    return new Crr(
        id,
        name,
        registeredName,
        integerKey,
        key,
        bySlot,
        existenceMark,
        numbers,
        userTriggers,
        readable,
        canBeMended,
        sentence);
  }

  /** Whether crsql_as_crr can mend the fault. */
  boolean mendable() {
    return mendable;
  }

  /** Whether a column besides the key is replicated. */
  public boolean hasColumns() {
    for (Column column : bySlot) {
      if (column != null) {
        return true;
      }
    }
    return false;
  }

  /** The columns that are NOT NULL, in the table's order. */
  public List<Column> notNull() {
    List<Column> notNull = new ArrayList<>();
    for (Column column : bySlot) {
      if (column != null && column.notNull()) {
        notNull.add(column);
      }
    }
    return notNull;
  }

  /**
   * Where the column of a slot stands among those that are there, from 0; -1 if it is gone. A query
   * that names gone ones too, as NULL, may exceed what SQLite allows.
   */
  public int ordinal(int slot) {
    return ordinals[slot];
  }

  /** How many columns the key has. */
  public int keyColumns() {
    return key.length;
  }

  /** How many groups of slots, and so log entries at the most, a write has. */
  public int groups() {
    return (ticks + GROUP - 1) / GROUP;
  }

  /** The bits of all slots of a group. */
  public long fullMask(int group) {
    int slots = Math.min(GROUP, ticks - group * GROUP);
    return slots == GROUP ? Long.MAX_VALUE : (1L << slots) - 1;
  }

  /**
   * The bits of a group's slots that still mean something: those of columns that are there, and the
   * existence mark.
   */
  public long liveMask(int group) {
    return liveMasks[group];
  }

  /** The column of a slot; null if it is gone or there is none, as for the existence mark. */
  public Column column(int slot) {
    return slot >= 0 && slot < bySlot.length ? bySlot[slot] : null;
  }

  /** Whether slot 0 marks that a row exists, because the table had only its key at crsql_as_crr. */
  public boolean existenceMark() {
    return existenceMark;
  }

  /** Whether its rows can be read as the log has them; not if the table has another key now. */
  public boolean readable() {
    return readable;
  }

  /**
   * Why the table must not be written or merged into for now, as a sentence; null if all is well.
   */
  public String fault() {
    return fault;
  }

  /** The key columns' names in the log and the row index. */
  public String logKey() {
    return logKey("");
  }

  /** The same, each behind {@code qualifier}. */
  public String logKey(String qualifier) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : ", ").append(qualifier).append('k').append(i);
    }
    return out.toString();
  }

  /**
   * The condition that the log's or row index's key is the parameters {@code first}, {@code first}
   * + 1, ...
   */
  public String logKeyIs(int first) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : " AND ").append('k').append(i).append(" = ?").append(first + i);
    }
    return out.toString();
  }

  /** The parameters {@code first}, {@code first} + 1, ... for a key. */
  public String keyParams(int first) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "?" : ", ?").append(first + i);
    }
    return out.toString();
  }

  /**
   * The condition that the table's own key is the parameters {@code first}, {@code first} + 1, ...
   */
  public String keyIs(int first) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : " AND ").append(qualifier());
      out.append(integerKey ? key[i].quoted() : key[i].comparable())
          .append(" = ?")
          .append(first + i);
    }
    return out.toString();
  }

  /**
   * The table's name and a dot. A bare name that its column has no longer is a string to SQLite, in
   * double quotes as it is.
   */
  public String qualifier() {
    return Names.quote(name) + ".";
  }

  /**
   * The condition that row {@code t} of the table and row {@code r} of the row index are the same.
   */
  public String sameKey() {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "t." : " AND t.");
      out.append(integerKey ? key[i].quoted() : key[i].comparable()).append(" = r.k").append(i);
    }
    return out.toString();
  }

  /**
   * The condition that two rows of the log or row index, by their qualifiers, have the same key.
   */
  public String sameLogKey(String a, String b) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : " AND ").append(a).append('k').append(i);
      out.append(" = ").append(b).append('k').append(i);
    }
    return out.toString();
  }

  /** The table's own key columns. */
  public String keyNames() {
    return keyNames("");
  }

  /** The table's own key columns, each behind {@code qualifier}. */
  public String keyNames(String qualifier) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : ", ").append(qualifier).append(key[i].quoted());
    }
    return out.toString();
  }

  /** The table's own key columns behind {@code qualifier}, under the collations of the key. */
  public String comparableKey(String qualifier) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : ", ").append(qualifier);
      out.append(integerKey ? key[i].quoted() : key[i].comparable());
    }
    return out.toString();
  }

  /** The condition that no key column behind {@code qualifier} is NULL. */
  public String keyNotNull(String qualifier) {
    StringBuilder out = new StringBuilder("(");
    for (int i = 0; i < key.length; i++) {
      out.append(i == 0 ? "" : " AND ").append(qualifier).append(key[i].quoted());
      out.append(" IS NOT NULL");
    }
    return out.append(')').toString();
  }

  /** The quoted name of key column {@code i}. */
  public String keyName(int i) {
    return key[i].quoted();
  }

  /** The collation of key column {@code i} in the key. */
  public String keyCollation(int i) {
    return key[i].collation();
  }

  /** Whether key column {@code i} can hold the value, as it is or as SQLite converts it. */
  public boolean keyHolds(Db db, int i, Value value) {
    return key[i].holds(db, value);
  }

  /** The type of key column {@code i}. */
  public String keyType(int i) {
    return key[i].affinity().name();
  }

  /** The first slot that still means something. */
  public int firstSlot() {
    int slot = 0;
    while ((liveMasks[slot / GROUP] >>> slot % GROUP & 1) == 0) {
      slot++;
    }
    return slot;
  }

  /** How many slots have been given. */
  public int slots() {
    return bySlot.length;
  }

  /** Whether a column of that name, in any case, is part of the key. */
  public boolean isKey(String columnName) {
    for (KeyColumn column : key) {
      if (Names.asciiLower(column.name()).equals(Names.asciiLower(columnName))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The column of that name, in any case, else the one that once had it; null if there is neither.
   */
  public Column columnNamed(String columnName) {
    String wanted = Names.asciiLower(columnName);
    Column former = null;
    for (Column column : bySlot) {
      if (column != null && Names.asciiLower(column.name).equals(wanted)) {
        return column;
      } else if (column != null && column.wasNamed(wanted)) {
        former = column;
      }
    }
    return former;
  }

  /**
   * The column that had that number at crsql_as_crr. If none had, the only one that was added at
   * that place: a peer that began with all columns gives it this number. Null if there is neither.
   */
  public Column columnNumbered(long number) {
    Column found = null;
    for (Column column : bySlot) {
      boolean had = number < numbers;
      if (column != null && number >= 0 && (had ? column.number : column.place) == number) {
        if (found != null) {
          return null;
        }
        found = column;
      }
    }
    return found;
  }
}
