package io.crsql.sqlite;

/**
 * A virtual table that is told about the transaction in which it is written. SQLite enlists it at
 * its first write of a transaction ({@link #begin()}); the rest follows from then on.
 */
public interface TransactionalTable extends WritableTable {
  /** Enlisted in the connection's transaction. */
  void begin();

  /** About to commit: the last chance to write, and to prevent the commit by throwing. */
  void sync();

  /** Committed. Must not throw. */
  void commit();

  /** Rolled back. Must not throw. */
  void rollback();

  /**
   * Savepoint {@code id} begins, the caller's or a statement's own. A host may leave this out while
   * no database is attached.
   */
  void savepoint(int id);

  /** All that happened since savepoint {@code id} began is undone; the savepoint stays. */
  void rollbackTo(int id);
}
