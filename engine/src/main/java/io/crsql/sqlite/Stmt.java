package io.crsql.sqlite;

/**
 * A prepared statement; as {@link Values}, the columns of the row that it stands on. Parameters are
 * numbered from 1. Bindings survive {@link #reset()}. SQLite re-prepares it by itself when the
 * schema has changed.
 */
public interface Stmt extends Values, AutoCloseable {
  /** Binds NULL. */
  void bindNull(int param);

  /** Binds an integer. */
  void bindLong(int param, long value);

  /** Binds a double. */
  void bindDouble(int param, double value);

  /** Binds text. */
  void bindText(int param, String value);

  /** Binds text from its UTF-8 bytes, which need not be valid. */
  void bindTextBytes(int param, byte[] utf8);

  /** Binds a blob. */
  void bindBlob(int param, byte[] value);

  /** Binds value {@code i} of {@code from}, exactly and without making Java objects of it. */
  void bindValue(int param, Values from, int i);

  /**
   * Runs to the next row.
   *
   * @return true if it stands on a row, false if it is done (it must then be {@link #reset()}
   *     before the next step)
   * @throws SqliteException if SQLite refuses; the statement has then been reset
   */
  boolean step();

  /** Ends the run and releases its locks; never throws. */
  void reset();

  /** Sets every parameter to NULL. */
  void clearBindings();

  /**
   * How often SQLite has prepared the statement again since, as it must once a database that it
   * uses has been detached ({@code SQLITE_STMTSTATUS_REPREPARE}).
   */
  int reprepared();

  /** Finalises the statement; further calls do nothing. */
  @Override
  void close();
}
