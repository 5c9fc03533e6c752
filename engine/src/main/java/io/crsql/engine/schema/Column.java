package io.crsql.engine.schema;

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

  private final Affinity affinity;

  /**
   * The SQL literal of its constant default, or NULL: what it holds in a row that brought no cell
   * for it.
   */
  private final String constantDefault;

  /** Whether SQLite by itself would give it another default than that. */
  private final boolean evaluatedDefault;

  Column(String name, int slot, int number, CatalogColumn info) {
    this.name = name;
    this.slot = slot;
    this.number = number;
    this.affinity = info.affinity();
    this.evaluatedDefault = info.defaultText() != null && !info.constantDefault();
    this.constantDefault = info.constantDefault() ? info.constantLiteral() : "NULL";
  }

  /** The quoted name. */
  public String quoted() {
    return Names.quote(name);
  }

  /** The SQL literal of its constant default, or NULL. */
  public String constantDefault() {
    return constantDefault;
  }

  /**
   * Whether it must be set to NULL where no cell sets it, because SQLite would evaluate a default.
   */
  public boolean defaultsToNull() {
    return evaluatedDefault;
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
