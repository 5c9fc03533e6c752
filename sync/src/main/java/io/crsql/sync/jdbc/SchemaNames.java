package io.crsql.sync.jdbc;

import io.crsql.sync.SchemaDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The names that replicated tables and their columns have, in the order of the digest. */
final class SchemaNames {
  private static final String TABLES =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_tables'";
  private static final String NAMES =
      "SELECT lower(t.name), lower(c.name), c.pk FROM crsql_tables t, pragma_table_info(t.name) c"
          + " ORDER BY 1, c.pk = 0, c.pk, 2";

  private SchemaNames() {}

  static byte[] digest(Connection connection) throws SQLException {
    SchemaDigest digest = new SchemaDigest();
    try (Statement statement = connection.createStatement()) {
      if (isReplica(statement)) {
        try (ResultSet row = statement.executeQuery(NAMES)) {
          while (row.next()) {
            digest.column(row.getString(1), row.getString(2), row.getInt(3) > 0);
          }
        }
      }
    }
    return digest.bytes();
  }

  private static boolean isReplica(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(TABLES)) {
      return row.getInt(1) > 0;
    }
  }
}
