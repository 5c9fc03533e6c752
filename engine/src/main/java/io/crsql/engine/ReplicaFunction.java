package io.crsql.engine;

import io.crsql.engine.replica.Replica;
import io.crsql.sqlite.Result;
import io.crsql.sqlite.Values;

/** An SQL function about one database of the connection. */
@FunctionalInterface
interface ReplicaFunction {
  /** Computes {@code result} from {@code args}, which do not name the database. */
  void call(Replica replica, Values args, Result result);
}
