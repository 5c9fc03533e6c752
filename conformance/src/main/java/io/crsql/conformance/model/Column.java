package io.crsql.conformance.model;

/**
 * A column of a replicated table.
 *
 * @param name its name
 * @param type its declared type, possibly empty
 * @param collation how it compares
 * @param keyPlace its place in the primary key from 1 on, 0 if it is not in it
 * @param notNull whether it is declared NOT NULL
 * @param ifOmitted what its DEFAULT is; null if it has none
 * @param generated the expression that it is computed from, with VIRTUAL or STORED; null if it is
 *     an ordinary column
 */
public record Column(
    String name,
    String type,
    Collation collation,
    int keyPlace,
    boolean notNull,
    Default ifOmitted,
    String generated) {
  /**
   * A DEFAULT clause.
   *
   * @param sql the expression
   * @param stored what a local INSERT that omits the column stores
   * @param constant whether it is a literal, and so the same on all replicas without asking
   */
  public record Default(String sql, Object stored, boolean constant) {}

  /** Whether it is part of the key. */
  public boolean isKey() {
    return keyPlace > 0;
  }

  /** What a local INSERT that omits the column stores. */
  public Object omitted() {
    return ifOmitted == null ? null : ifOmitted.stored();
  }

  /** What a row has that is alive and has no cell of this column. */
  public Object missing() {
    return ifOmitted == null || !ifOmitted.constant() ? null : ifOmitted.stored();
  }

  /** Its definition in CREATE TABLE. */
  public String definition() {
    return name
        + (type.isEmpty() ? "" : " " + type)
        + collation.sql()
        + (notNull ? " NOT NULL" : "")
        + (ifOmitted == null ? "" : " DEFAULT " + ifOmitted.sql())
        + (generated == null ? "" : " AS " + generated);
  }
}
