/** Databases that keep each other up to date. */
module io.crsql.sync {
  requires io.crsql.jdbc;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;

  exports io.crsql.sync;
  exports io.crsql.sync.jdbc;
}
