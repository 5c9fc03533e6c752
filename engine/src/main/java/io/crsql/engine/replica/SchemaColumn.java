package io.crsql.engine.replica;

import io.crsql.sqlite.IndexInfo;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/**
 * The hidden column {@code schema} of crsql's virtual tables: {@code schema = 'aux'} has them tell
 * of the attached database aux rather than of main.
 */
public final class SchemaColumn {
  private final String table;
  private final int column;
  private final Replicas replicas;

  /**
   * The column of a virtual table.
   *
   * @param table the table's name
   * @param column the column's place in it
   */
  public SchemaColumn(String table, int column, Replicas replicas) {
    this.table = table;
    this.column = column;
    this.replicas = replicas;
  }

  /**
   * Asks for the name as the first argument, if the query gives one. SQLite must neither compare it
   * with what is read, since its case does not matter, nor join the other way round, since it would
   * then read main.
   *
   * @return whether it gives one
   */
  public boolean choose(IndexInfo info) {
    boolean chosen = false;
    for (int i = 0; i < info.constraints(); i++) {
      int operator = info.operator(i);
      if (info.column(i) != column) {
        continue;
      } else if (operator == IndexInfo.IS_NULL) {
        throw isNull();
      } else if (operator == IndexInfo.EQ || operator == IndexInfo.IS) {
        if (!info.usable(i)) {
          throw new SqliteException(SqliteException.CONSTRAINT, table + ": another plan, please");
        } else if (!chosen) {
          info.use(i, 0, true);
          chosen = true;
        }
      }
    }
    return chosen;
  }

  /**
   * The database that a value names.
   *
   * @throws SqliteException if it is NULL or names none
   */
  public Replica named(Values values, int i) {
    if (values.type(i) == ValueType.NULL) {
      throw isNull();
    }
    return replicas.named(values.getText(i), table);
  }

  /** The database of a query or row that names none. */
  public Replica main() {
    return replicas.main();
  }

  private SqliteException isNull() {
    return new SqliteException(
        SqliteException.ERROR,
        table + ": schema must be the name of a database, not NULL; leave it out for main");
  }
}
