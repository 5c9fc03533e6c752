package io.crsql.engine.changeset;

import io.crsql.sqlite.Cursor;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** A query's cursor on {@code crsql_vector}. */
final class VectorCursor implements Cursor {
  private VersionVector vector = VersionVector.EMPTY;
  private int at;

  @Override
  public void filter(int plan, Values args) {
    vector = VersionVector.read(args, 0, VectorTable.NAME);
    at = 0;
  }

  @Override
  public void next() {
    at++;
  }

  @Override
  public boolean eof() {
    return at >= vector.sites().size();
  }

  @Override
  public void column(Result result, int i) {
    VersionVector.Held held = vector.sites().get(at);
    switch (i) {
      case VectorTable.SITE -> result.setBlob(held.site());
      case VectorTable.VERSION -> result.setLong(held.version());
      case VectorTable.ARRIVAL -> result.setLong(held.arrival());
      default -> result.setNull();
    }
  }

  @Override
  public long rowid() {
    return at + 1L;
  }

  @Override
  public void close() {}
}
