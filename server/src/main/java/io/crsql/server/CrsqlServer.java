package io.crsql.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * A hub: databases in a folder that others sync with over WebSocket at {@code /db/NAME}, its state
 * over HTTP and, if it is told to, the files of a web application. Thread-safe.
 *
 * <pre>{@code
 * try (CrsqlServer server = CrsqlServer.start(ServerOptions.of(folder))) {
 *   System.out.println("ws://127.0.0.1:" + server.port() + "/db/todo");
 *   ...
 * }
 * }</pre>
 */
public final class CrsqlServer implements AutoCloseable {
  private static final Duration GOODBYE = Duration.ofSeconds(5);
  private static final Duration IDLE_SOCKET = Duration.ofMinutes(5);
  private static final Duration IDLE_HTTP = Duration.ofSeconds(30);
  private static final int SOCKET_FRAME = 64 << 10;
  private static final int SOCKET_FRAMES_UNSENT = 64;

  private final Server jetty;
  private final ServerConnector connector;
  private final Http http;
  private final Environment environment;
  private final Databases databases;
  private final Admission admission;
  private final ExecutorService pool;
  private final ScheduledExecutorService ticker;
  private final ExecutorService inspecting;
  private final Optional<String> newToken;
  private boolean closed;

  /**
   * Starts one.
   *
   * @throws IOException if it cannot be; the message says why
   */
  public static CrsqlServer start(ServerOptions options) throws IOException {
    CrsqlServer server = new CrsqlServer(options);
    try {
      server.start();
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private CrsqlServer(ServerOptions options) throws IOException {
    Limits limits = options.limits();
    Optional<Site> site = site(options);
    Files.createDirectories(options.folder());
    Path tokens = options.tokens();
    boolean fresh = !options.open() && !Files.exists(tokens);
    newToken = fresh ? Optional.of(Tokens.create(tokens)) : Optional.empty();
    Optional<Tokens> known = options.open() ? Optional.empty() : Optional.of(Tokens.of(tokens));
    Optional<String> schema = Optional.empty();
    if (options.schema().isPresent()) {
      schema = Optional.of(Files.readString(options.schema().get()));
    }
    int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    pool = Executors.newFixedThreadPool(threads, named("crsql-database"));
    ticker = Executors.newSingleThreadScheduledExecutor(named("crsql-tick"));
    inspecting = Executors.newSingleThreadExecutor(named("crsql-inspect"));
    Log log = new Log(options.log());
    Unsent unsent = new Unsent(limits.unsent());
    environment = new Environment(options, known, schema, new Metrics(), log, unsent, pool);
    databases = new Databases(environment);
    admission = new Admission(limits);
    QueuedThreadPool jettyPool = new QueuedThreadPool();
    jettyPool.setName("crsql-http");
    jettyPool.setDaemon(true);
    if (VirtualThreads.areSupported()) {
      jettyPool.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    }
    jetty = new Server(jettyPool);
    connector = connector(options, jetty);
    jetty.addConnector(connector);
    // some for the status page when all others are taken
    jetty.addBean(new NetworkConnectionLimit(limits.connections() + 64, connector));
    http =
        new Http(
            environment,
            databases,
            admission,
            new Inspector(inspecting, log),
            webSockets(jetty),
            site);
    jetty.setHandler(http);
    site.ifPresent(
        files -> {
          files.setServer(jetty);
          jetty.addBean(files);
        });
    environment.metrics().gauge("crsql.connections", admission::connections);
    environment.metrics().gauge("crsql.databases.open", databases::open);
    environment.metrics().gauge("crsql.unsent.bytes", unsent::bytes);
  }

  private static ServerConnector connector(ServerOptions options, Server jetty) throws IOException {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(options.limits().headerBytes());
    HttpConnectionFactory factory = new HttpConnectionFactory(configuration);
    ServerConnector connector;
    if (options.tls().isPresent()) {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(PemKeys.load(options.tls().get()));
      tls.setKeyStorePassword("");
      connector = new ServerConnector(jetty, tls, factory);
    } else {
      connector = new ServerConnector(jetty, factory);
    }
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setIdleTimeout(IDLE_HTTP.toMillis());
    return connector;
  }

  private static ServerWebSocketContainer webSockets(Server jetty) {
    ServerWebSocketContainer container = ServerWebSocketContainer.ensure(jetty);
    container.setIdleTimeout(IDLE_SOCKET);
    container.setMaxFrameSize(SOCKET_FRAME);
    container.setAutoFragment(true);
    container.setMaxBinaryMessageSize(-1);
    container.setMaxOutgoingFrames(SOCKET_FRAMES_UNSENT);
    return container;
  }

  private static Optional<Site> site(ServerOptions options) throws IOException {
    return options.www().isPresent()
        ? Optional.of(new Site(options.www().get()))
        : Optional.empty();
  }

  private static ThreadFactory named(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  private void start() throws IOException {
    ServerOptions options = environment.options();
    try {
      jetty.start();
    } catch (Exception e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot listen on "
              + options.host()
              + ":"
              + options.port()
              + ": "
              + cause.getMessage()
              + "; choose another host or port",
          e);
    }
    ticker.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    environment.log().event("serving " + options.folder() + " at " + url("/"));
    options.www().ifPresent(www -> environment.log().event("and the files of " + www));
    if (options.open()) {
      environment
          .log()
          .event("WARNING: tokens are off, and whoever reaches this port can read and write all");
    }
  }

  private void tick() {
    try {
      if (environment.tokens().isPresent() && environment.tokens().get().refresh()) {
        environment.log().event("the tokens were read again");
      }
    } catch (IOException e) {
      environment
          .log()
          .event("the tokens cannot be read, and the old ones hold on: " + e.getMessage());
    }
    try {
      databases.tick();
    } catch (RuntimeException e) {
      environment.log().event("internal error: " + e);
    }
  }

  /** The program's version. */
  static String version() {
    String version = CrsqlServer.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  /** The port that it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** The URL of one of its pages, for a browser here. */
  public String url(String path) {
    return (environment.options().tls().isPresent() ? "https://" : "http://") + authority() + path;
  }

  /** The URL of the status page. */
  public String statusUrl() {
    return url("/status");
  }

  /** The URL that a database is synced with. */
  public String syncUrl(String database) {
    String scheme = environment.options().tls().isPresent() ? "wss://" : "ws://";
    return scheme + authority() + "/db/" + database;
  }

  private String authority() {
    String host = environment.options().host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
  }

  /** The token for everything that was made because there was no file of tokens. */
  public Optional<String> newToken() {
    return newToken;
  }

  /** What it counts and measures, as /metrics tells. */
  public String metrics() {
    return environment.metrics().scrape();
  }

  /**
   * Stops it: nobody is let in, all sessions are told, what they have sent is committed, and the
   * databases are closed. It takes less than 10 seconds.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    http.stopServing();
    databases.goAway();
    try {
      admission.awaitNone(GOODBYE);
      databases
          .close()
          .orTimeout(GOODBYE.toMillis() / 2, TimeUnit.MILLISECONDS)
          .exceptionally(e -> null)
          .join();
      ticker.shutdownNow();
      inspecting.shutdown();
      jetty.setStopTimeout(GOODBYE.toMillis() / 5);
      jetty.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      environment.log().event("stopping: " + e);
    }
    pool.shutdown();
    environment.metrics().close();
    environment.log().event("stopped");
  }
}
