/** Databases that keep each other up to date. */
module io.crsql.sync {
  requires transitive io.crsql.jdbc;
  requires transitive io.crsql.session;
  requires java.net.http;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;

  exports io.crsql.sync.client;
  exports io.crsql.sync.drop;
  exports io.crsql.sync.jdbc;

  provides io.crsql.jdbc.SyncProvider with
      io.crsql.sync.client.UrlSync;
}
