package io.crsql.conformance.model;

/**
 * A trigger of the user's, of one of a few kinds whose effects are known.
 *
 * @param kind what it does, and when
 * @param duringMerges whether it acts when a merge fires it, too
 * @param column the column that it sets; null if it writes the log
 * @param value what it sets it to
 * @param log the table that it writes, of a key k0 and a column c0; null if it sets a column
 */
public record Trigger(Kind kind, boolean duringMerges, String column, Object value, String log) {
  /** What a trigger does. */
  public enum Kind {
    /** An INSERT sets a column of the row. */
    INSERT_SETS,
    /** An UPDATE counts in the log, under the first value of the row's key. */
    UPDATE_COUNTS,
    /** An UPDATE leaves a row in the log, unless one is there. */
    UPDATE_MARKS
  }

  /** The CREATE TRIGGER statement. */
  String ddl(Shape table) {
    boolean insert = kind == Kind.INSERT_SETS;
    return "CREATE TRIGGER "
        + table.name()
        + (insert ? "_inserted AFTER INSERT ON " : "_updated AFTER UPDATE ON ")
        + table.name()
        + (duringMerges ? "" : " WHEN NOT crsql_merging()")
        + " BEGIN "
        + (insert ? set(table) : write(table))
        + "; END";
  }

  private String set(Shape table) {
    StringBuilder sql = new StringBuilder("UPDATE " + table.name() + " SET ");
    sql.append(column).append(" = ").append(Literal.of(value)).append(" WHERE ");
    for (Column part : table.key()) {
      sql.append(part == table.key().get(0) ? "" : " AND ");
      sql.append(part.name()).append(" = new.").append(part.name());
    }
    return sql.toString();
  }

  private String write(Shape table) {
    String key = table.key().get(0).name();
    return "INSERT INTO "
        + log
        + "(k0, c0) VALUES(new."
        + key
        + ", 1) ON CONFLICT DO "
        + (kind == Kind.UPDATE_COUNTS ? "UPDATE SET c0 = 1 + c0" : "NOTHING");
  }
}
