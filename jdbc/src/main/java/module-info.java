import io.crsql.jdbc.CrsqlDriver;
import org.jspecify.annotations.NullMarked;

/** SQLite whose tables replicate, through JDBC: see {@link io.crsql.jdbc}. */
@NullMarked
module io.crsql.jdbc {
  exports io.crsql.jdbc;

  requires transitive java.sql;
  requires transitive org.xerial.sqlitejdbc;
  requires static org.jspecify;

  uses io.crsql.jdbc.SyncProvider;

  provides java.sql.Driver with
      CrsqlDriver;
}
