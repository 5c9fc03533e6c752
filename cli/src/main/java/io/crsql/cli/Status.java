package io.crsql.cli;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a database is as a replica, all read from one state of the file.
 *
 * @param site its site id in hexadecimal digits; null if nothing has been replicated in it
 * @param clock the greatest version issued or seen
 * @param fingerprint null if it was not asked for
 * @param parked the changes of tables and columns that are not here yet
 */
record Status(
    String site,
    long clock,
    String fingerprint,
    String crsql,
    String sqlite,
    List<Table> tables,
    List<Site> sites,
    long parked) {

  /** Registered tables, and the name of the table itself as it is spelled now. */
  private static final String TABLES =
      "SELECT t.name, t.folded, u.name FROM crsql_tables t"
          + " LEFT JOIN sqlite_schema u ON u.type = 'table' AND u.name = t.name COLLATE NOCASE"
          + " ORDER BY 1";

  /** A site that is only known by rows of crsql_changes is not in the vector. */
  private static final String SITES =
      "SELECT lower(hex(s.site)), s.id = 0, coalesce(v.version, 0), coalesce(v.arrival, 0)"
          + " FROM crsql_sites s"
          + " LEFT JOIN crsql_vector(crsql_version_vector()) v ON v.site = s.site"
          + " ORDER BY s.id";

  /**
   * A replicated table.
   *
   * @param present false if it has been dropped, or renamed without crsql being told
   * @param changes the cells and deletions that it hands to others; null if not asked for
   * @param entries the entries of its log, each of one write of one row
   * @param unfolded those at the log's end that are not in the row index yet
   */
  record Table(
      String name,
      boolean present,
      long rows,
      long held,
      Long changes,
      long entries,
      long unfolded) {}

  /**
   * A site, as the version vector has it.
   *
   * @param own whether it is the database itself
   * @param version up to which all of the site's writes are here
   * @param arrival a moment of the site's clock: all that it held until then is here
   */
  record Site(String id, boolean own, long version, long arrival) {}

  /** Reads it; without what needs every change to be read, if {@code quick}. */
  static Status read(Database database, boolean quick) throws SQLException {
    Status[] status = new Status[1];
    database.read(() -> status[0] = inTransaction(database, quick));
    return status[0];
  }

  private static Status inTransaction(Database database, boolean quick) throws SQLException {
    boolean replica = database.isReplica();
    return new Status(
        replica ? Words.hex(database.siteId()) : null,
        replica ? database.clock() : 0,
        replica && !quick ? database.fingerprint() : null,
        database.text("SELECT crsql_version()"),
        database.text("SELECT sqlite_version()"),
        replica ? tables(database, quick) : List.of(),
        replica ? sites(database) : List.of(),
        replica ? database.number("SELECT count(*) FROM crsql_parked") : 0);
  }

  private static List<Table> tables(Database database, boolean quick) throws SQLException {
    record Registered(String name, long folded, String present) {}
    List<Registered> all =
        database.rows(
            TABLES, row -> new Registered(row.getString(1), row.getLong(2), row.getString(3)));
    List<Table> tables = new ArrayList<>();
    for (Registered table : all) {
      String log = Words.identifier(table.name() + Schema.LOG);
      String name = table.present() == null ? table.name() : table.present();
      boolean present = table.present() != null;
      tables.add(
          new Table(
              name,
              present,
              present ? database.number("SELECT count(*) FROM " + Words.identifier(name)) : 0,
              count(database, "crsql_held", name),
              quick ? null : count(database, "crsql_changes", name),
              database.number("SELECT count(*) FROM " + log),
              database.number(
                  "SELECT count(*) FROM " + log + " WHERE at > ? AND site IS NULL",
                  table.folded())));
    }
    return tables;
  }

  private static long count(Database database, String from, String table) throws SQLException {
    return database.number("SELECT count(*) FROM " + from + " WHERE \"table\" = ?", table);
  }

  private static List<Site> sites(Database database) throws SQLException {
    return database.rows(
        SITES,
        row -> new Site(row.getString(1), row.getBoolean(2), row.getLong(3), row.getLong(4)));
  }

  /** The rows that are held aside, of all tables. */
  long held() {
    return tables.stream().mapToLong(Table::held).sum();
  }
}
