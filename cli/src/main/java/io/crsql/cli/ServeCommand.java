package io.crsql.cli;

import io.crsql.server.CrsqlServer;
import io.crsql.server.Limits;
import io.crsql.server.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a hub until it is told to stop. */
@Command(
    name = "serve",
    description = {
      "Run a hub: databases in a folder that others sync with over WebSocket, at /db/NAME.",
      "A database is created when somebody connects who may write it. It needs no tables: changes of"
          + " tables that it does not know are kept and passed on."
    },
    footer = {
      "",
      "The first time, a token for everything is made and shown. /health tells whether it can write,"
          + " /status shows what goes on, /metrics is for Prometheus.",
      "SIGTERM and SIGINT stop it in order: all that was acknowledged is in the databases.",
      "",
      "Exit codes: 0 stopped by a signal, 1 failed, 2 wrong usage."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder, made if there is none.")
  private Path folder;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8484",
      description = "The port, 0 for any. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0 lets other machines in. Default: ${DEFAULT-VALUE}.")
  private String host;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Who may do what. Default: DIR/tokens, made if there is none.")
  private Path tokens;

  @Option(names = "--open", description = "No tokens: anybody may read and write everything.")
  private boolean open;

  @Option(names = "--no-create", description = "Serve only databases that are there.")
  private boolean noCreate;

  @Option(
      names = "--schema",
      paramLabel = "FILE.sql",
      description = "SQL that a new database is set up with.")
  private Path schema;

  @Option(
      names = "--www",
      paramLabel = "DIR",
      description = "Files to serve besides, such as a web application's.")
  private Path www;

  @Option(names = "--tls-cert", paramLabel = "PEM", description = "The certificate chain, for TLS.")
  private Path certificate;

  @Option(names = "--tls-key", paramLabel = "PEM", description = "Its private key, in PKCS #8.")
  private Path key;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      description = "Connections in all. Default: 10000.")
  private Integer connections;

  @Option(
      names = "--max-per-database",
      paramLabel = "N",
      description = "Connections to one database. Default: 5000.")
  private Integer perDatabase;

  @Option(
      names = "--max-per-address",
      paramLabel = "N",
      description = "Connections from one IP address; raise it behind a proxy. Default: 2000.")
  private Integer perAddress;

  @Option(
      names = "--max-databases",
      paramLabel = "N",
      description = "Databases open at once. Default: 500.")
  private Integer databases;

  @Option(
      names = "--max-frame",
      paramLabel = "BYTES",
      description = "The largest change that is taken. Default: 16777216.")
  private Integer maxFrame;

  @Override
  public Integer call() throws InterruptedException {
    CrsqlServer server = start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  spec.commandLine().getOut().flush();
                  // a signal would else be the exit code
                  Runtime.getRuntime().halt(0);
                }));
    server.newToken().ifPresent(token -> welcome(server, token));
    new CountDownLatch(1).await();
    return 0;
  }

  private CrsqlServer start() {
    try {
      return CrsqlServer.start(options());
    } catch (IOException e) {
      throw new Failure(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private ServerOptions options() {
    ServerOptions options =
        ServerOptions.of(folder)
            .withAddress(host, port)
            .withOpen(open)
            .withCreate(!noCreate)
            .withLimits(limits())
            .withLog(this::log);
    options = tokens == null ? options : options.withTokens(tokens);
    options = schema == null ? options : options.withSchema(schema);
    options = www == null ? options : options.withWww(www);
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(
          spec.commandLine(), "--tls-cert and --tls-key go together, or neither");
    }
    return key == null ? options : options.withTls(new ServerOptions.Tls(certificate, key));
  }

  private Limits limits() {
    Limits usual = Limits.DEFAULT;
    return usual
        .withConnections(
            or(connections, usual.connections()),
            or(perDatabase, usual.perDatabase()),
            or(perAddress, usual.perAddress()))
        .withDatabases(or(databases, usual.databases()))
        .withSizes(or(maxFrame, usual.maxFrame()), usual.window(), usual.chunkBytes());
  }

  private static int or(Integer value, int usual) {
    return value == null ? usual : value;
  }

  private void log(String line) {
    PrintWriter out = spec.commandLine().getOut();
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  private void welcome(CrsqlServer server, String token) {
    log("");
    log("A token that may read and write every database was made. It is shown only now, and is in");
    log((tokens == null ? folder.resolve("tokens") : tokens) + ":");
    log("");
    log("    " + token);
    log("");
    log("Keep a database in sync:");
    log("");
    log("    crsql sync app.db " + server.syncUrl("app") + " --token " + token);
    log("");
    log("See what goes on: " + server.statusUrl() + "?token=" + token);
    log("");
  }
}
