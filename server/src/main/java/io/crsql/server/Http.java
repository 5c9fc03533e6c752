package io.crsql.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Answers HTTP requests. */
final class Http extends Handler.Abstract {
  private static final String DATABASES = "/db/";
  private static final String BEARER = "Bearer ";
  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int VIEW_SECONDS = 3;

  private final Environment environment;
  private final Databases databases;
  private final Admission admission;
  private final Inspector inspector;
  private final Health health;
  private final StatusPage page = new StatusPage();
  private final ServerWebSocketContainer webSockets;
  private final Optional<Site> site;
  private final long started = System.nanoTime();
  private volatile boolean stopping;

  Http(
      Environment environment,
      Databases databases,
      Admission admission,
      Inspector inspector,
      ServerWebSocketContainer webSockets,
      Optional<Site> site)
      throws IOException {
    this.environment = environment;
    this.databases = databases;
    this.admission = admission;
    this.inspector = inspector;
    this.health = new Health(environment.options().folder());
    this.webSockets = webSockets;
    this.site = site;
  }

  /** From now on nobody is let in. */
  void stopServing() {
    stopping = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    response.getHeaders().put("Referrer-Policy", "no-referrer");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    String path = Request.getPathInContext(request);
    if (!HttpMethod.GET.is(request.getMethod())) {
      answer(response, callback, 405, TEXT, "only GET is served here\n");
    } else if (stopping) {
      answer(response, callback, 503, TEXT, "the server stops\n");
    } else if (path.startsWith(DATABASES)) {
      connect(path.substring(DATABASES.length()), request, response, callback);
    } else {
      switch (path) {
        case "/status" -> page(response, callback);
        case "/health" -> health(response, callback);
        case "/metrics", "/status.json" -> observed(path, request, response, callback);
        default -> file(path, request, response, callback);
      }
    }
    return true;
  }

  private void file(String path, Request request, Response response, Callback callback)
      throws Exception {
    if (site.isPresent()) {
      if (!site.get().handle(request, response, callback)) {
        answer(response, callback, 404, TEXT, "there is no such file\n");
      }
    } else if (path.equals("/")) {
      page(response, callback);
    } else {
      answer(response, callback, 404, TEXT, "there is nothing; databases are at /db/NAME\n");
    }
  }

  private void connect(String name, Request request, Response response, Callback callback) {
    String refusal = admission.refusal(Request.getRemoteAddr(request), name);
    if (!DatabaseName.isValid(name)) {
      answer(
          response,
          callback,
          404,
          TEXT,
          "a database's name is 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', and begins with no '.'\n");
    } else if (environment.tokens().isEmpty() && isForeign(request)) {
      answer(response, callback, 403, TEXT, "web pages of others are not let in without a token\n");
    } else if (refusal != null) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "10");
      answer(response, callback, 503, TEXT, refusal + "\n");
    } else {
      boolean upgraded =
          webSockets.upgrade(
              (up, answer, done) -> {
                // a changeset hardly gets smaller, and what unpacks can be made to explode
                answer.setExtensions(List.of());
                return new Socket(databases, admission, environment.metrics(), name);
              },
              request,
              response,
              callback);
      if (!upgraded) {
        response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
        answer(response, callback, 426, TEXT, "this is for WebSocket: crsql sync FILE ws://...\n");
      }
    }
  }

  /** Whether a browser asks on behalf of a page from elsewhere. */
  private static boolean isForeign(Request request) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    String host = request.getHeaders().get(HttpHeader.HOST);
    return origin != null && !origin.replaceFirst("^https?://", "").equals(host);
  }

  private void page(Response response, Callback callback) {
    String nonce = page.nonce();
    response.getHeaders().put("Content-Security-Policy", StatusPage.policy(nonce));
    answer(response, callback, 200, "text/html; charset=utf-8", page.html(nonce));
  }

  private void health(Response response, Callback callback) throws IOException {
    String problem = health.problem();
    for (HostedDatabase database : databases.all()) {
      // not which one: whoever asks has shown no token
      problem = problem == null && database.unwritable() != null ? "a write failed" : problem;
    }
    int status = problem == null ? 200 : 503;
    answer(response, callback, status, JSON, StatusJson.health(problem, uptime()));
  }

  private void observed(String path, Request request, Response response, Callback callback)
      throws IOException {
    if (!environment.tokens().map(tokens -> tokens.mayObserve(token(request))).orElse(true)) {
      response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
      answer(
          response, callback, 401, TEXT, "this takes a token that may read every database (*)\n");
    } else if (path.equals("/metrics")) {
      answer(
          response,
          callback,
          200,
          "text/plain; version=0.0.4; charset=utf-8",
          environment.metrics().scrape());
    } else {
      answer(response, callback, 200, JSON, status());
    }
  }

  private static String token(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header != null && header.startsWith(BEARER)) {
      return header.substring(BEARER.length());
    }
    Fields query = Request.extractQueryParameters(request, StandardCharsets.UTF_8);
    String token = query.getValue("token");
    return token == null ? "" : token;
  }

  private String status() throws IOException {
    List<CompletableFuture<StatusJson.Row>> views = new ArrayList<>();
    for (HostedDatabase database : databases.all()) {
      views.add(
          database
              .view()
              .thenApply(
                  view ->
                      new StatusJson.Row(
                          view, view.isOpen() ? inspector.watch(database) : Optional.empty())));
    }
    List<StatusJson.Row> rows = new ArrayList<>();
    for (CompletableFuture<StatusJson.Row> view : views) {
      try {
        rows.add(view.orTimeout(VIEW_SECONDS, TimeUnit.SECONDS).join());
      } catch (CompletionException e) {
        // a database that is busy, or cannot be read, is not shown this time
        environment.log().event("status: " + e.getCause());
      }
    }
    Metrics metrics = environment.metrics();
    return StatusJson.of(
        new StatusJson.Totals(
            CrsqlServer.version(),
            uptime(),
            admission.connections(),
            metrics.bytesIn.count(),
            metrics.bytesOut.count(),
            metrics.rows.count()),
        rows);
  }

  private long uptime() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
  }

  private static void answer(
      Response response, Callback callback, int status, String type, String body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    Content.Sink.write(response, true, body, callback);
  }
}
