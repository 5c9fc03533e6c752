package io.crsql.sync.jdbc;

import io.crsql.sync.StoreException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Errors of the driver as those of a store. */
final class SqlFailure {
  private SqlFailure() {}

  /** What crsql itself refuses comes with SQLITE_ERROR; all else is the state of the database. */
  static StoreException of(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      SQLiteErrorCode code = sqlite.getResultCode();
      String sentence = sentence(sqlite, code);
      return code == SQLiteErrorCode.SQLITE_ERROR
          ? StoreException.refusal(sentence, e)
          : StoreException.unavailable("the database cannot be used now: " + sentence, e);
    }
    return StoreException.unavailable("the database cannot be used now: " + e.getMessage(), e);
  }

  /** The driver puts SQLite's message in parentheses, behind its own text for the result code. */
  private static String sentence(SQLiteException e, SQLiteErrorCode code) {
    String message = String.valueOf(e.getMessage());
    String before = code + " (";
    boolean wrapped = message.startsWith(before) && message.endsWith(")");
    return wrapped ? message.substring(before.length(), message.length() - 1) : message;
  }
}
