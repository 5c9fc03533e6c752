package io.crsql.sqlite;

/** A scan of a {@link VirtualTable}. */
public interface Cursor extends AutoCloseable {
  /**
   * Starts the scan that {@link IndexInfo#plan} called {@code plan}, with the values it asked for;
   * valid in the call only.
   */
  void filter(int plan, Values args);

  /** Moves to the next row. */
  void next();

  /** Whether the scan is past its last row. */
  boolean eof();

  /** Gives column {@code i} of the current row. */
  void column(Result result, int i);

  /** The current row's rowid. */
  long rowid();

  /** Ends the scan; called once. */
  @Override
  void close();
}
