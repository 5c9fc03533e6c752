package io.crsql.sqlite;

/** What SQL is told about an exception that would leave a callback, the same by every host. */
public final class Failure {
  private static final int ROW = 100;
  private static final int DONE = 101;

  private Failure() {}

  /** A result code that no caller takes for success. */
  public static int code(Throwable failure) {
    if (!(failure instanceof SqliteException)) {
      return SqliteException.ERROR;
    }
    int code = ((SqliteException) failure).code();
    int primary = code & 0xff;
    return primary == 0 || primary == ROW || primary == DONE ? SqliteException.ERROR : code;
  }

  /** The sentence; of what is not a {@link SqliteException}, a mistake of crsql's, its name too. */
  public static String message(Throwable failure) {
    String message = failure.getMessage();
    if (failure instanceof SqliteException) {
      return message == null ? "error" : message;
    }
    String name = name(failure);
    return "crsql: internal error: " + (message == null ? name : name + ": " + message);
  }

  /** Classes that only a compiled engine's own checks throw have lost their names. */
  private static String name(Throwable failure) {
    String name = failure.getClass().getName();
    if (name != null) {
      return name;
    }
    return failure instanceof IndexOutOfBoundsException ? "index out of bounds" : "unknown";
  }
}
