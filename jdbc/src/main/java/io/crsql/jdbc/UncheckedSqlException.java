package io.crsql.jdbc;

import java.sql.SQLException;

/** An {@link SQLException} where none may be thrown: by the streams of {@link Replica}. */
public final class UncheckedSqlException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** One that stands for the cause. */
  public UncheckedSqlException(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  /** What was to be thrown. */
  @Override
  public synchronized SQLException getCause() {
    return (SQLException) super.getCause();
  }
}
