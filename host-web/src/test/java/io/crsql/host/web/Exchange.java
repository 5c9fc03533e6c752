package io.crsql.host.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands requests to the guest, which fetches each with its answer to the one before: Node and a
 * browser's worker can both do that.
 */
final class Exchange {
  private static final int PATIENCE_SECONDS = 300;

  private final HttpServer server;
  private final SynchronousQueue<byte[]> requests = new SynchronousQueue<>();
  private final SynchronousQueue<byte[]> answers = new SynchronousQueue<>();

  Exchange() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/next", this::next);
    server.createContext("/file", new FileHandler());
    server.createContext("/", new SourceHandler());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void next(HttpExchange http) throws IOException {
    byte[] answer = http.getRequestBody().readAllBytes();
    try {
      if (answer.length > 0) {
        answers.put(answer);
      }
      byte[] request = requests.take();
      http.sendResponseHeaders(200, request.length);
      http.getResponseBody().write(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      http.close();
    }
  }

  /** Asks the guest, and waits for its answer. */
  synchronized Answer ask(Request request) {
    try {
      byte[] answer = null;
      if (requests.offer(request.bytes(), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      if (answer == null) {
        throw new AssertionError("the guest is silent");
      }
      return new Answer(answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
