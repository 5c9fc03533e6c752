package io.crsql.sqlite;

/**
 * An eponymous virtual table of one connection. What its methods throw becomes the error of the SQL
 * statement that uses it.
 */
public interface VirtualTable {
  /** The CREATE TABLE statement that declares its columns. */
  String declaration();

  /** Chooses a plan for a query ({@code xBestIndex}). */
  void bestIndex(IndexInfo info);

  /** Opens a cursor, which stands nowhere until {@link Cursor#filter}. */
  Cursor open();

  /**
   * SQLite lets go of the table ({@code xDisconnect}): at the latest, and normally, when the
   * connection closes.
   */
  void disconnect();
}
