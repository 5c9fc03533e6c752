package io.crsql.engine.log;

/**
 * What the row index says of a row.
 *
 * @param life the causal length: odd while the row is alive, even once it is deleted, 0 if it never
 *     was
 * @param events the {@code at} of its current log entries
 */
public record Row(long life, long[] events) {
  /** A row that never was. */
  public static final Row NEVER = new Row(0, new long[0]);

  /** Whether the row is alive. */
  public boolean alive() {
    return (life & 1) != 0;
  }
}
