package io.crsql.engine.log;

import io.crsql.sqlite.Result;
import io.crsql.sqlite.ScalarFunction;
import io.crsql.sqlite.SqliteException;
import io.crsql.sqlite.Values;

/**
 * {@code crsql_fold}, by which the one statement of a {@link Fold} asks what SQL cannot tell: the
 * entries that a row of the index has once another one has been added. One for each connection.
 */
public final class FoldFunction implements ScalarFunction {
  private Supersession running;

  /** Runs a statement that calls the function on behalf of {@code supersession}. */
  void during(Supersession supersession, Runnable statement) {
    running = supersession;
    try {
      statement.run();
    } finally {
      running = null;
    }
  }

  @Override
  public void call(Values args, Result result) {
    if (running == null) {
      throw new SqliteException(
          SqliteException.ERROR,
          "crsql_fold: only crsql itself may call it; to fold the logs, call crsql_optimize()");
    }
    running.add(args, result);
  }
}
