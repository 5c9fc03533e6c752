package io.crsql.sqlite;

/** One SQLite connection, as seen from an extension that is loaded into it. */
public interface Db {
  /**
   * A function that gives the same result for the same arguments ({@code SQLITE_DETERMINISTIC}).
   */
  int DETERMINISTIC = 0x800;

  /** A function that schema objects (views, triggers) must not call ({@code SQLITE_DIRECTONLY}). */
  int DIRECT_ONLY = 0x80000;

  /** A function that triggers may call even in an untrusted schema ({@code SQLITE_INNOCUOUS}). */
  int INNOCUOUS = 0x200000;

  /**
   * Prepares one statement that is going to be used many times.
   *
   * @throws SqliteException if SQLite refuses the text
   */
  Stmt prepare(String sql);

  /**
   * Runs one statement to its end, ignoring its rows.
   *
   * @throws SqliteException if SQLite refuses
   */
  void exec(String sql);

  /**
   * Whether the connection is outside of an explicit transaction ({@code sqlite3_get_autocommit}).
   */
  boolean autocommit();

  /** Whether the connection's transaction writes a schema ({@code sqlite3_txn_state}). */
  boolean writes(String schema);

  /**
   * How many attached databases the connection's transaction writes; -1 if this SQLite, older than
   * 3.39, cannot tell without a query ({@code sqlite3_db_name}).
   */
  int attachedWritten();

  /** The number of rows that the last INSERT, UPDATE or DELETE on this connection changed. */
  long changes();

  /**
   * Registers a scalar function for this connection.
   *
   * @param args how many arguments it takes, or -1 for any number
   * @param flags any of {@link #DETERMINISTIC}, {@link #DIRECT_ONLY}, {@link #INNOCUOUS}
   */
  void scalar(String name, int args, int flags, ScalarFunction function);

  /**
   * Registers an eponymous virtual table for this connection. What it can do is told by the
   * interfaces it implements: {@link WritableTable}, {@link TransactionalTable}.
   *
   * @param innocuous whether triggers may use it even in an untrusted schema
   */
  void table(String name, boolean innocuous, VirtualTable table);
}
