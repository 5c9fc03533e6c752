package io.crsql.host.nativ;

import io.crsql.conformance.Blob;
import io.crsql.conformance.Database;
import io.crsql.conformance.SqlError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/** A connection through JDBC. */
final class JdbcDatabase implements Database {
  private static final int CACHED_STATEMENTS = 64;

  /** What sqlite-jdbc puts around SQLite's own message. */
  private static final Pattern WRAPPED =
      Pattern.compile("\\[SQLITE_\\w+] [^(]*\\((.*)\\)", Pattern.DOTALL);

  private final Connection connection;
  private final Map<String, PreparedStatement> statements =
      new LinkedHashMap<>(CACHED_STATEMENTS, 0.75f, true);

  JdbcDatabase(String path) {
    SQLiteConfig config = new SQLiteConfig();
    config.enableLoadExtension(true);
    try {
      connection = config.createConnection("jdbc:sqlite:" + path);
    } catch (SQLException e) {
      throw error(e);
    }
  }

  @Override
  public void each(String sql, Consumer<List<Object>> rows, Object... params) {
    try {
      PreparedStatement statement = statement(sql);
      for (int i = 0; i < params.length; i++) {
        bind(statement, i + 1, params[i]);
      }
      if (statement.execute()) {
        try (ResultSet result = statement.getResultSet()) {
          int columns = result.getMetaData().getColumnCount();
          while (result.next()) {
            rows.accept(row(result, columns));
          }
        }
      }
    } catch (SQLException e) {
      // sqlite-jdbc finalises a statement that has failed.
      statements.remove(sql);
      throw error(e);
    }
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
      if (statements.size() > CACHED_STATEMENTS) {
        Iterator<PreparedStatement> eldest = statements.values().iterator();
        eldest.next().close();
        eldest.remove();
      }
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int param, Object value)
      throws SQLException {
    if (value instanceof Blob blob) {
      statement.setBytes(param, blob.bytes());
    } else if (value instanceof Integer number) {
      statement.setLong(param, number);
    } else {
      statement.setObject(param, value);
    }
  }

  private static List<Object> row(ResultSet result, int columns) throws SQLException {
    List<Object> row = new ArrayList<>(columns);
    for (int i = 1; i <= columns; i++) {
      Object value = result.getObject(i);
      if (value instanceof Integer number) {
        row.add(number.longValue());
      } else {
        row.add(value instanceof byte[] bytes ? Blob.of(bytes) : value);
      }
    }
    return row;
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
      statements.clear();
      connection.close();
    } catch (SQLException e) {
      throw error(e);
    }
  }

  private static SqlError error(SQLException e) {
    String message = String.valueOf(e.getMessage());
    Matcher wrapped = WRAPPED.matcher(message);
    int code = e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xff : 1;
    SqlError error = new SqlError(code, wrapped.matches() ? wrapped.group(1) : message);
    error.initCause(e);
    return error;
  }
}
