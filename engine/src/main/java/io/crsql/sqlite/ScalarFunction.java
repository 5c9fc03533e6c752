package io.crsql.sqlite;

/** An SQL function. What it throws becomes the error of the SQL statement that called it. */
@FunctionalInterface
public interface ScalarFunction {
  /** Computes {@code result} from {@code args}; both are valid during the call only. */
  void call(Values args, Result result);
}
