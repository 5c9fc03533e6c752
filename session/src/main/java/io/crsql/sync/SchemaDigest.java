package io.crsql.sync;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The digest that {@link Store#schema} gives, by docs/sync-protocol.md. It is told of tables in
 * ascending order, and of each one's key columns in the key's order and then of the others in
 * ascending order.
 */
public final class SchemaDigest {
  private static final int BYTES = 16;

  private final StringBuilder names = new StringBuilder();
  private String table = "";

  /** Of no tables. */
  public SchemaDigest() {}

  /**
   * The next column.
   *
   * @param tableName in lower case
   * @param column in lower case
   * @param key whether it is part of the key
   */
  public void column(String tableName, String column, boolean key) {
    if (!tableName.equals(table)) {
      table = tableName;
      names.append("table ").append(table).append('\n');
    }
    names.append(key ? "key " : "column ").append(column).append('\n');
  }

  /** 16 bytes; all zero if there was no column. */
  public byte[] bytes() {
    if (names.length() == 0) {
      return new byte[BYTES];
    }
    return Arrays.copyOf(Sha256.of(names.toString().getBytes(StandardCharsets.UTF_8)), BYTES);
  }
}
