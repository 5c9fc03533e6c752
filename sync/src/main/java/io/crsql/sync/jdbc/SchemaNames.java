package io.crsql.sync.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * The names that replicated tables and their columns have, as docs/sync-protocol.md hashes them.
 */
final class SchemaNames {
  private static final int BYTES = 16;

  private static final String TABLES =
      "SELECT count(*) FROM sqlite_schema WHERE name = 'crsql_tables'";
  private static final String NAMES =
      "SELECT lower(t.name), lower(c.name), c.pk FROM crsql_tables t, pragma_table_info(t.name) c"
          + " ORDER BY 1, c.pk = 0, c.pk, 2";

  private SchemaNames() {}

  static byte[] digest(Connection connection) throws SQLException {
    StringBuilder names = new StringBuilder();
    try (Statement statement = connection.createStatement()) {
      if (isReplica(statement)) {
        String table = null;
        try (ResultSet row = statement.executeQuery(NAMES)) {
          while (row.next()) {
            if (!row.getString(1).equals(table)) {
              table = row.getString(1);
              names.append("table ").append(table).append('\n');
            }
            names.append(row.getInt(3) > 0 ? "key " : "column ").append(row.getString(2));
            names.append('\n');
          }
        }
      }
    }
    return names.length() == 0 ? new byte[BYTES] : hash(names.toString());
  }

  private static boolean isReplica(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(TABLES)) {
      return row.getInt(1) > 0;
    }
  }

  private static byte[] hash(String names) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return Arrays.copyOf(sha.digest(names.getBytes(StandardCharsets.UTF_8)), BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
