package io.crsql.engine.schema;

import java.util.List;

/** A replicated column that is not part of the key. */
public final class Column {
  /** Its name. */
  public final String name;

  /** Its slot: where it stands among the ticks of a write; never reused. */
  public final int slot;

  /**
   * The number it had in the table at crsql_as_crr, by which changes name it; -1 if it was added
   * later.
   */
  public final int number;

  /**
   * Its place in the table when it was registered, by which changes of a peer that had it at
   * crsql_as_crr name it.
   */
  final int place;

  /** The names that it had before, which peers may still use. */
  private final List<String> formerNames;

  private final Affinity affinity;

  /**
   * The SQL literal of its constant default, or NULL: what it holds in a row that brought no cell
   * for it.
   */
  private final String constantDefault;

  private final boolean notNull;

  /** Whether SQLite by itself would give it another default than that. */
  private final boolean evaluatedDefault;

  Column(Lineage.Registered as, CatalogColumn info, List<String> formerNames) {
    this.name = info.name();
    this.slot = as.slot();
    this.number = as.number();
    this.place = as.place();
    this.formerNames = formerNames;
    this.affinity = info.affinity();
    this.notNull = info.notNull();
    String constant = info.constantDefault();
    this.constantDefault = constant == null ? "NULL" : constant;
    this.evaluatedDefault = info.defaultText() != null && constant == null;
  }

  /** Whether it once had that name, in any case. */
  boolean wasNamed(String lowerCase) {
    for (String former : formerNames) {
      if (Names.asciiLower(former).equals(lowerCase)) {
        return true;
      }
    }
    return false;
  }

  /** The quoted name. */
  public String quoted() {
    return Names.quote(name);
  }

  /** The SQL literal of its constant default, or NULL. */
  public String constantDefault() {
    return constantDefault;
  }

  /** Whether a row that gives it no value gets one that SQLite evaluates. */
  boolean defaultIsEvaluated() {
    return evaluatedDefault;
  }

  /** Whether it is NOT NULL. */
  public boolean notNull() {
    return notNull;
  }

  /** Whether a row without a value for it cannot stand: it is NOT NULL and has no default. */
  public boolean lacksDefault() {
    return notNull && constantDefault.equalsIgnoreCase("NULL");
  }

  /** The name of its affinity, which is also a type that has it. */
  public String affinity() {
    return affinity.name();
  }

  /** An SQL expression, 0 or 1: do two values of the column differ in storage class or bytes? */
  public String differs(String a, String b) {
    return affinity.differs(a, b);
  }
}
