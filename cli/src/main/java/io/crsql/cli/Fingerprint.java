package io.crsql.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A hash of all that two databases must agree on to have converged: the rows of the replicated
 * tables and, since later merges depend on it, every change with its version and site.
 */
final class Fingerprint {
  private static final String CHANGES =
      "SELECT \"table\", pk, col, cl, val, version, coalesce(site_id, crsql_site_id())"
          + " FROM crsql_changes";

  private static final HexFormat HEX = HexFormat.of();

  private final MessageDigest digest;

  private Fingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The database's fingerprint, in hexadecimal digits. */
  static String of(Database database, Schema schema) throws SQLException {
    Fingerprint fingerprint = new Fingerprint();
    database.read(
        () -> {
          for (String table : schema.tables()) {
            fingerprint.add(table);
            fingerprint.rows(
                database,
                "SELECT " + schema.columnsQuoted(table) + " FROM main." + Schema.quote(table));
          }
          fingerprint.rows(database, CHANGES);
        });
    return HEX.formatHex(fingerprint.digest.digest());
  }

  /** Adds a query's rows in the order of their bytes, which is the same in every file. */
  private void rows(Database database, String query) throws SQLException {
    try (PreparedStatement statement = database.prepare(query + orderByAll(database, query));
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int i = 1; i <= columns; i++) {
          add(rows.getObject(i));
        }
      }
    }
  }

  private static String orderByAll(Database database, String query) throws SQLException {
    try (PreparedStatement statement = database.prepare(query)) {
      int columns = statement.getMetaData().getColumnCount();
      return IntStream.rangeClosed(1, columns)
          .mapToObj(i -> i + " COLLATE BINARY")
          .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }
  }

  /** Adds a value with its type and length, so that no two sequences of values look the same. */
  private void add(Object value) {
    byte[] bytes;
    char type;
    if (value == null) {
      type = 'n';
      bytes = new byte[0];
    } else if (value instanceof byte[] blob) {
      type = 'b';
      bytes = blob;
    } else if (value instanceof String text) {
      type = 't';
      bytes = text.getBytes(StandardCharsets.UTF_8);
    } else if (value instanceof Double real) {
      type = 'r';
      bytes = ByteBuffer.allocate(Double.BYTES).putDouble(real).array();
    } else {
      type = 'i';
      bytes = ByteBuffer.allocate(Long.BYTES).putLong(((Number) value).longValue()).array();
    }
    digest.update((byte) type);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
