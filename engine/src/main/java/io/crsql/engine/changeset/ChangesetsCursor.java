package io.crsql.engine.changeset;

import io.crsql.engine.replica.Replica;
import io.crsql.engine.replica.SchemaColumn;
import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.ValueType;
import io.crsql.sqlite.Values;

/** A query's cursor on {@code crsql_changesets}. */
final class ChangesetsCursor implements Cursor {
  private static final long MOST_BYTES = 1_000_000;

  private final SchemaColumn schema;
  private Stream stream;
  private long rowid;

  ChangesetsCursor(SchemaColumn schema) {
    this.schema = schema;
  }

  @Override
  public void filter(int plan, Values args) {
    close();
    int arg = 0;
    Replica replica = schema.main();
    if ((plan & ChangesetsTable.HAS_SCHEMA) != 0) {
      replica = schema.named(args, arg++);
    }
    VersionVector since = VersionVector.EMPTY;
    if ((plan & ChangesetsTable.HAS_SINCE) != 0) {
      since = VersionVector.read(args, arg++, ChangesetsTable.NAME);
    }
    long mostBytes = MOST_BYTES;
    if ((plan & ChangesetsTable.HAS_MAX_BYTES) != 0) {
      mostBytes = mostBytes(args, arg);
    }
    rowid = 1;
    stream = Stream.begin(replica, since, mostBytes, ChangesetsTable.NAME);
  }

  private static long mostBytes(Values args, int i) {
    if (args.type(i) == ValueType.NULL) {
      return MOST_BYTES;
    } else if (args.type(i) != ValueType.INTEGER || args.getLong(i) < 1) {
      throw new SqliteException(
          SqliteException.ERROR,
          ChangesetsTable.NAME + ": max_bytes must be an integer above 0, or NULL for 1000000");
    }
    return args.getLong(i);
  }

  @Override
  public void next() {
    rowid++;
    if (!stream.next()) {
      close();
    }
  }

  @Override
  public boolean eof() {
    return stream == null;
  }

  @Override
  public void column(Result result, int i) {
    if (i == ChangesetsTable.CHANGESET) {
      stream.give(result);
    } else if (i == ChangesetsTable.LAST) {
      result.setLong(stream.isLast() ? 1 : 0);
    } else if (i == ChangesetsTable.UNTIL) {
      result.setLong(stream.until());
    } else if (i == ChangesetsTable.ROWS) {
      result.setLong(stream.rows());
    }
  }

  @Override
  public long rowid() {
    return rowid;
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }
}
