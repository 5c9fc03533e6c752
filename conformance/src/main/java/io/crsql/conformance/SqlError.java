package io.crsql.conformance;

/** An error that SQLite reported: its message alone, as a user reads it, and its code. */
public final class SqlError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /** An error with SQLite's primary result code. */
  public SqlError(int code, String message) {
    super(message);
    this.code = code;
  }

  /** SQLite's primary result code (SQLITE_BUSY is 5). */
  public int code() {
    return code;
  }
}
