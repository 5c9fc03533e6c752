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

  final Affinity affinity;

  /**
   * The SQL literal of its constant default, or NULL: what it holds in a row that brought no cell
   * for it.
   */
  final String constantDefault;

  /** Whether SQLite by itself would give it another default than that. */
  final boolean evaluatedDefault;

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
}
