package io.crsql.cli;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Hands one database's changes to another as rows of crsql_changes, which the demonstration can
 * show one by one.
 */
final class Exchange {
  /**
   * NULL stands for the database that is asked; the one that is told needs the site's true id.
   * Cells go by their column's name ({@code col}) rather than its number ({@code cid}), as two
   * files may have got their columns in a different order.
   */
  private static final String READ =
      "SELECT \"table\", pk, iif(col IS NULL, cid, NULL), val, version,"
          + " coalesce(site_id, crsql_site_id()), col, cl"
          + " FROM crsql_changes WHERE db_version > ?";

  private static final String WRITE =
      "INSERT INTO crsql_changes(\"table\", pk, cid, val, version, site_id, col, cl)"
          + " VALUES(?, ?, ?, ?, ?, ?, ?, ?)";

  private static final int COLUMNS = 8;

  /**
   * What an exchange did.
   *
   * @param sent how many changes were handed over
   * @param cursor the sender's clock at that moment, from which the next exchange may go on
   */
  record Outcome(long sent, long cursor) {}

  private final Database from;
  private final Database to;
  private long sent;
  private long cursor;

  private Exchange(Database from, Database to) {
    this.from = from;
    this.to = to;
  }

  /** Merges what {@code from} has learnt since {@code cursor} into {@code to}. */
  static Outcome run(Database from, Database to, long cursor) throws SQLException {
    Exchange exchange = new Exchange(from, to);
    from.read(() -> to.write(() -> exchange.stream(cursor)));
    return new Outcome(exchange.sent, exchange.cursor);
  }

  private void stream(long after) throws SQLException {
    cursor = from.clock();
    try (PreparedStatement read = from.prepare(READ);
        PreparedStatement write = to.prepare(WRITE)) {
      read.setLong(1, after);
      try (ResultSet changes = read.executeQuery()) {
        while (changes.next()) {
          for (int i = 1; i <= COLUMNS; i++) {
            write.setObject(i, changes.getObject(i));
          }
          write.executeUpdate();
          sent++;
        }
      }
    }
  }
}
