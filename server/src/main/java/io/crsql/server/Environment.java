package io.crsql.server;

import io.crsql.sync.Access;
import io.crsql.sync.SessionOptions;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What all parts of a server share.
 *
 * @param tokens empty if anybody may do anything
 * @param schema SQL that new databases are set up with
 * @param unsent what waits in memory for peers to read it
 * @param pool runs the work on databases
 */
record Environment(
    ServerOptions options,
    Optional<Tokens> tokens,
    Optional<String> schema,
    Metrics metrics,
    Log log,
    Unsent unsent,
    Executor pool) {
  Limits limits() {
    return options.limits();
  }

  Access access(String token, String database) {
    return tokens.map(all -> all.access(token, database)).orElse(Access.FULL);
  }

  SessionOptions session() {
    Limits limits = limits();
    return SessionOptions.DEFAULT
        .withAgent("crsql-hub/" + CrsqlServer.version())
        .withSizes(limits.maxFrame(), limits.window(), limits.chunkBytes());
  }
}
