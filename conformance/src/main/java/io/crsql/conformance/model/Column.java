package io.crsql.conformance.model;

/**
 * A column of a replicated table.
 *
 * @param name its name
 * @param type its declared type, possibly empty
 * @param nocase whether it has COLLATE NOCASE
 * @param keyPlace its place in the primary key from 1 on, 0 if it is not in it
 * @param ifOmitted what its DEFAULT is; null if it has none
 */
public record Column(String name, String type, boolean nocase, int keyPlace, Default ifOmitted) {
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
  String definition() {
    return name
        + (type.isEmpty() ? "" : " " + type)
        + (nocase ? " COLLATE NOCASE" : "")
        + (ifOmitted == null ? "" : " DEFAULT " + ifOmitted.sql());
  }
}
