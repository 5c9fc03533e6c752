package io.crsql.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A query's rows as a stream that holds a connection until it is closed. */
final class Rows<T> extends AbstractSpliterator<T> {
  /** What makes a value of the row that a result is at. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private final Lease lease;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private final Reader<T> reader;

  private Rows(Lease lease, PreparedStatement statement, Reader<T> reader) throws SQLException {
    super(Long.MAX_VALUE, ORDERED | NONNULL);
    this.lease = lease;
    this.statement = statement;
    this.rows = statement.executeQuery();
    this.reader = reader;
  }

  /** Runs the query at once; its rows are read as the stream asks for them. */
  static <T> Stream<T> stream(
      Lease.Lessor lessor, String sql, Reader<T> reader, Object... parameters) throws SQLException {
    Lease lease = lessor.lease();
    try {
      PreparedStatement statement = Sql.prepare(lease.connection(), sql, parameters);
      try {
        Rows<T> rows = new Rows<>(lease, statement, reader);
        return StreamSupport.stream(rows, false).onClose(rows::close);
      } catch (SQLException | RuntimeException e) {
        statement.close();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      lease.closeAfter(e);
      throw e;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super T> action) {
    T value;
    try {
      if (!rows.next()) {
        return false;
      }
      value = reader.read(rows);
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
    action.accept(value);
    return true;
  }

  private void close() {
    try (lease;
        statement) {
      rows.close();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }
}
