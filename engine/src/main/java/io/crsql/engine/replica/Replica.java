package io.crsql.engine.replica;

import io.crsql.engine.clock.Clock;
import io.crsql.engine.clock.Sites;
import io.crsql.engine.log.FoldFunction;
import io.crsql.engine.log.Logs;
import io.crsql.engine.merge.Merge;
import io.crsql.engine.parked.Parking;
import io.crsql.engine.schema.Registry;
import io.crsql.engine.schema.Schema;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.transaction.TransactionTable;

/**
 * One database of a connection with the parts that replicate its tables: a file is a site of its
 * own, with its own clock, logs and shapes.
 *
 * @param schema the database
 * @param registry the shapes of its CRRs
 * @param clock its clock
 * @param sites the sites that it knows
 * @param logs the logs of its CRRs
 * @param transaction its part of the connection's transaction
 * @param merge what merges into it
 * @param parking what it does not know yet
 */
public record Replica(
    Schema schema,
    Registry registry,
    Clock clock,
    Sites sites,
    Logs logs,
    Transaction transaction,
    Merge merge,
    Parking parking) {

  /** Wires the parts of a database; nothing is read yet. */
  public static Replica of(Schema schema, TransactionTable table, FoldFunction folding) {
    Registry registry = new Registry(schema);
    Clock clock = new Clock(schema, registry);
    Sites sites = new Sites(schema);
    Logs logs = new Logs(schema, registry, folding);
    Transaction transaction = new Transaction(schema, registry, clock, sites, logs, table);
    Merge merge = new Merge(schema, transaction, clock, sites);
    Parking parking = new Parking(schema, clock, sites);
    return new Replica(schema, registry, clock, sites, logs, transaction, merge, parking);
  }

  /**
   * Forgets all that is known of an attached database if it may have been detached, and another
   * file, or this one as others have left it, attached under its name: the numbers that SQLite
   * gives to schemas and data begin anew then.
   */
  void recognise() {
    if (registry.forgetAnother()) {
      sites.invalidate();
      clock.restart();
      transaction.forget();
    }
  }

  /** Finalises all statements. */
  public void close() {
    parking.close();
    logs.close();
    clock.close();
    registry.close();
  }
}
