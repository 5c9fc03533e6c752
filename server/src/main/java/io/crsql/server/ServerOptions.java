package io.crsql.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a server is run.
 *
 * @param folder where the databases are, each in {@code NAME.db}
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param tokens the file of tokens; made with one token if there is none
 * @param open whether anybody may do anything, without a token
 * @param create whether who may write a database may also create it
 * @param schema SQL that new databases are set up with
 * @param www a folder of files, such as a web application, to serve at {@code /}
 * @param tls certificate and key; empty for plain HTTP
 * @param limits what the server takes at most
 * @param log takes the lines of the log, from any thread
 */
public record ServerOptions(
    Path folder,
    String host,
    int port,
    Path tokens,
    boolean open,
    boolean create,
    Optional<Path> schema,
    Optional<Path> www,
    Optional<Tls> tls,
    Limits limits,
    Consumer<String> log) {

  /** A certificate chain and its private key, as PEM files. */
  public record Tls(Path certificate, Path key) {}

  /** A server for a folder, on 127.0.0.1 and any port, that keeps its tokens there. */
  public static ServerOptions of(Path folder) {
    return new ServerOptions(
        folder,
        "127.0.0.1",
        0,
        folder.resolve("tokens"),
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Limits.DEFAULT,
        line -> {});
  }

  /** The same at another address. */
  public ServerOptions withAddress(String host, int port) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, tls, limits, log);
  }

  /** The same with another file of tokens. */
  public ServerOptions withTokens(Path tokens) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, tls, limits, log);
  }

  /** The same, with or without tokens. */
  public ServerOptions withOpen(boolean open) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, tls, limits, log);
  }

  /** The same, creating databases or not. */
  public ServerOptions withCreate(boolean create) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, tls, limits, log);
  }

  /** The same with a file of SQL for new databases. */
  public ServerOptions withSchema(Path schema) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, Optional.of(schema), www, tls, limits, log);
  }

  /** The same with a folder of files that it serves besides. */
  public ServerOptions withWww(Path www) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, Optional.of(www), tls, limits, log);
  }

  /** The same over TLS. */
  public ServerOptions withTls(Tls tls) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, Optional.of(tls), limits, log);
  }

  /** The same with other limits. */
  public ServerOptions withLimits(Limits limits) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, tls, limits, log);
  }

  /** The same with a log. */
  public ServerOptions withLog(Consumer<String> log) {
    return new ServerOptions(
        folder, host, port, tokens, open, create, schema, www, tls, limits, log);
  }
}
