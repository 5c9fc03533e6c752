package io.crsql.engine.merge;

import io.crsql.engine.schema.Column;
import io.crsql.engine.schema.Crr;
import io.crsql.engine.transaction.Transaction;
import io.crsql.engine.value.Value;
import io.crsql.sqlite.SqliteException;
import java.util.List;

/** Which rows a table refuses as such, so that every replica would refuse them. */
final class Constraints {
  private final Crr crr;
  private final Transaction transaction;
  private final List<Column> notNull;

  Constraints(Crr crr, Transaction transaction) {
    this.crr = crr;
    this.transaction = transaction;
    this.notNull = crr.notNull();
  }

  /**
   * Refuses a row as the table would for lack of a value, without the cost of a failed statement
   * and whatever conflict clause the table has.
   *
   * @param values by slot; null stands for none
   */
  void requireAll(Value[] values) {
    for (Column column : notNull) {
      Value value = values[column.slot];
      if (value == null ? column.lacksDefault() : value.isNull()) {
        throw missing(column);
      }
    }
  }

  /** Refuses a change that sets a column to NULL that cannot hold it. */
  void require(Change change) {
    if (notNull.isEmpty()) {
      return;
    }
    int i = 0;
    for (long rest = change.cols(); rest != 0; rest &= rest - 1) {
      Column column = crr.column(change.slot(Long.numberOfTrailingZeros(rest)));
      if (column != null && column.notNull() && change.values()[i].isNull()) {
        throw missing(column);
      }
      i++;
    }
  }

  private SqliteException missing(Column column) {
    return new SqliteException(
        SqliteException.CONSTRAINT_NOTNULL,
        "NOT NULL constraint failed: " + crr.name + "." + column.name);
  }

  /** Whether an error is the table's refusal of a row, and not of the transaction. */
  boolean refuse(SqliteException e) {
    if (!transaction.isOpen()) {
      return false;
    }
    switch (e.code()) {
      case SqliteException.CONSTRAINT_CHECK:
      case SqliteException.CONSTRAINT_NOTNULL:
      case SqliteException.CONSTRAINT_DATATYPE:
      case SqliteException.CONSTRAINT_TRIGGER:
        return true;
      default:
        return false;
    }
  }
}
