package io.crsql.sqlite;

/** An error of SQLite, or one that the engine wants SQLite to report. */
public final class SqliteException extends RuntimeException {
  /** Generic error ({@code SQLITE_ERROR}). */
  public static final int ERROR = 1;

  /** Another connection holds a lock ({@code SQLITE_BUSY}). */
  public static final int BUSY = 5;

  /** This connection itself is using what is to be dropped ({@code SQLITE_LOCKED}). */
  public static final int LOCKED = 6;

  /** Attempt to write a read-only database ({@code SQLITE_READONLY}). */
  public static final int READONLY = 8;

  /** The database file is damaged ({@code SQLITE_CORRUPT}). */
  public static final int CORRUPT = 11;

  /** A constraint failed ({@code SQLITE_CONSTRAINT}). */
  public static final int CONSTRAINT = 19;

  /** A CHECK failed ({@code SQLITE_CONSTRAINT_CHECK}). */
  public static final int CONSTRAINT_CHECK = 275;

  /** A NOT NULL failed ({@code SQLITE_CONSTRAINT_NOTNULL}). */
  public static final int CONSTRAINT_NOTNULL = 1299;

  /** A trigger raised an error ({@code SQLITE_CONSTRAINT_TRIGGER}). */
  public static final int CONSTRAINT_TRIGGER = 1811;

  /** A STRICT table refused a type ({@code SQLITE_CONSTRAINT_DATATYPE}). */
  public static final int CONSTRAINT_DATATYPE = 3091;

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * Creates the error, without a stack trace: it reports to SQL, not to Java.
   *
   * @param code SQLite's result code, primary or extended
   * @param message one sentence for the user
   */
  public SqliteException(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** SQLite's result code, primary or extended. */
  public int code() {
    return code;
  }
}
