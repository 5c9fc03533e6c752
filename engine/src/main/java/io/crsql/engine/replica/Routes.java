package io.crsql.engine.replica;

import io.crsql.engine.schema.Crr;
import io.crsql.engine.schema.Names;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.transaction.TransactionTable;
import io.crsql.sqlite.SqliteException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds the database that a capture trigger is of, by the number of its table: a trigger cannot say
 * in which schema it stands, because the name of that is the connection's and not the file's.
 */
public final class Routes {
  private final Replicas replicas;
  private final TransactionTable table;

  /** The databases found in this phase, by the table's number. */
  private final Map<Long, Transaction> known = new HashMap<>();

  private int phase;
  private long lastNumber;
  private Transaction last;

  /** The routes among these databases. */
  public Routes(Replicas replicas, TransactionTable table) {
    this.replicas = replicas;
    this.table = table;
    this.phase = table.phase();
    this.last = replicas.main().transaction();
  }

  /** The part of the transaction that {@link #to} gave last. */
  public Transaction last() {
    return last;
  }

  /**
   * The part of the transaction that captures the table of that number.
   *
   * @throws SqliteException if there is no such table, or more than one
   */
  public Transaction to(long number) {
    if (number != lastNumber || phase != table.phase()) {
      if (phase != table.phase()) {
        known.clear();
      }
      Transaction found = known.get(number);
      last = found == null ? find(number) : found;
      // Finding it may have begun the transaction.
      phase = table.phase();
      known.put(number, last);
      lastNumber = number;
    }
    return last;
  }

  private Transaction find(long number) {
    Replica owner = null;
    replicas.main().transaction().enter();
    if (replicas.main().registry().byId(number) != null) {
      owner = replicas.main();
    }
    for (Replica replica : replicas.attachedWritten()) {
      replica.transaction().enter();
      if (replica.registry().byId(number) != null) {
        if (owner != null) {
          throw copied(owner, replica, number);
        }
        owner = replica;
      }
    }
    if (owner == null) {
      throw Transaction.unknownTable();
    }
    return owner.transaction();
  }

  private static SqliteException copied(Replica one, Replica other, long number) {
    return new SqliteException(
        SqliteException.ERROR,
        "crsql: the replicated tables "
            + qualified(one, number)
            + " and "
            + qualified(other, number)
            + " cannot be told apart, because one database is a copy of the other; detach one, or"
            + " call crsql_new_site("
            + other.schema().literal()
            + ")");
  }

  private static String qualified(Replica replica, long number) {
    Crr crr = replica.registry().byId(number);
    return Names.shown(replica.schema().name()) + "." + Names.shown(crr.name);
  }
}
